"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, orThrow, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { EvaluatorView } from "@/lib/evaluators/views";

type Change = { evaluator: string; name: string; kappa_floor: number | null; min_rulings: number };
type UpdateAction = (input: Change) => Promise<Answer<unknown>>;
type ArchiveAction = (input: { evaluator: string }) => Promise<Answer<unknown>>;
type RestoreAction = (input: { evaluator: string; reason: string }) => Promise<Answer<unknown>>;

type Props = { evaluator: EvaluatorView; update: UpdateAction; archive: ArchiveAction };

/** What an evaluator is called and held to, and its end. */
export function EvaluatorSettings({ evaluator, update, archive }: Props) {
  const [open, setOpen] = useState(false);
  const [ending, setEnding] = useState(false);
  const router = useRouter();
  return (
    <>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button>Settings</Button>
        </DialogTrigger>
        <DialogContent title="Evaluator settings" description="None of this changes how it scores.">
          <SettingsForm evaluator={evaluator} update={update} onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
      <Button onClick={() => setEnding(true)}>Archive</Button>
      <ConfirmDialog
        open={ending}
        onOpenChange={setEnding}
        title="Archive this evaluator"
        description="It scores nothing more, and what waits is skipped. Its scores stay."
        confirmLabel="Archive it"
        tone="danger"
        onConfirm={async () => {
          await orThrow(archive({ evaluator: evaluator.id }));
          router.push(`/apps/${evaluator.app_id}/evaluators`);
        }}
      />
    </>
  );
}

function SettingsForm({
  evaluator,
  update,
  onDone,
}: Pick<Props, "evaluator" | "update"> & { onDone: () => void }) {
  const { id, name, kappa_floor: floor, min_rulings: least } = evaluator;
  const [draft, setDraft] = useState({
    name,
    floor: floor === null ? "" : String(floor),
    least: String(least),
  });
  const { submit, pending, fieldError, formError } = useSubmit(update);
  const router = useRouter();

  async function send(event: FormEvent) {
    event.preventDefault();
    const kappaFloor = draft.floor.trim() === "" ? null : Number(draft.floor);
    const change = {
      evaluator: id,
      name: draft.name,
      kappa_floor: kappaFloor,
      min_rulings: Number(draft.least),
    };
    if (!(await submit(change))) return;
    onDone();
    router.refresh();
  }

  const edit = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Name" required error={fieldError("name")}>
        <Input value={draft.name} maxLength={100} onChange={(event) => edit({ name: event.target.value })} />
      </Field>
      <Field
        label="Floor of agreement with people"
        hint="Cohen’s kappa. Surely below it, it stops counting. Left empty: no floor."
        error={fieldError("kappa_floor")}
      >
        <Input
          type="number"
          min={-1}
          max={1}
          step={0.05}
          value={draft.floor}
          onChange={(event) => edit({ floor: event.target.value })}
        />
      </Field>
      <Field
        label="Subjects it takes"
        hint="With fewer ruled on, the floor is not applied. Several people on one count once."
        error={fieldError("min_rulings")}
      >
        <Input
          type="number"
          min={10}
          value={draft.least}
          onChange={(event) => edit({ least: event.target.value })}
        />
      </Field>
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Save
      </Button>
    </form>
  );
}

/** Lets a demoted evaluator count again, with a reason. */
export function RestoreButton({ evaluator, restore }: { evaluator: string; restore: RestoreAction }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <>
      <Button onClick={() => setOpen(true)}>Let it count again</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Let it count again"
        description="Its agreement with people is measured anew, over what is scored from now on."
        confirmLabel="Let it count"
        reason="required"
        onConfirm={async (reason) => {
          await orThrow(restore({ evaluator, reason }));
          router.refresh();
        }}
      />
    </>
  );
}
