"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { PolicyView } from "@/lib/policies/views";

type Change = {
  policy: string;
  version: number;
  name: string;
  description: string;
  position: number;
  archived?: true;
};
export type ChangePolicyAction = (input: Change) => Promise<Answer<{ archived_at: string | null }>>;
type Props = { policy: PolicyView; backHref: string; change: ChangePolicyAction };

/** What a policy is called, where in the order it is asked, and its end. */
export function PolicySettings(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Settings</Button>
      </DialogTrigger>
      <DialogContent title="Policy settings" description="None of this changes what its rules ask for.">
        <SettingsForm {...props} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function SettingsForm({ policy, backHref, change, onDone }: Props & { onDone: () => void }) {
  const { name, description, position } = policy;
  const [draft, setDraft] = useState({ name, description, position: String(position), archived: false });
  const { submit, pending, fieldError, formError } = useSubmit(change);
  const router = useRouter();

  async function send(event: FormEvent) {
    event.preventDefault();
    const { archived, ...fields } = draft;
    const saved = await submit({
      ...fields,
      policy: policy.id,
      version: policy.version,
      position: Number(draft.position),
      ...(archived ? { archived: true as const } : {}),
    });
    if (!saved) return;
    onDone();
    if (saved.archived_at === null) router.refresh();
    else router.push(backHref);
  }

  const edit = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <form method="post" noValidate onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field label="Name" required error={fieldError("name")}>
        <Input value={draft.name} maxLength={100} onChange={(event) => edit({ name: event.target.value })} />
      </Field>
      <Field label="Description" error={fieldError("description")}>
        <Textarea
          value={draft.description}
          maxLength={1000}
          rows={3}
          onChange={(event) => edit({ description: event.target.value })}
        />
      </Field>
      <Field
        label="Position"
        hint="Lower is asked first. The most restrictive answer wins in any order."
        error={fieldError("position")}
      >
        <Input
          type="number"
          min={0}
          max={10_000}
          value={draft.position}
          onChange={(event) => edit({ position: event.target.value })}
        />
      </Field>
      <Checkbox
        label="Archive it"
        hint="Once none of its rules is in force or in shadow."
        checked={draft.archived}
        onChange={(event) => edit({ archived: event.target.checked })}
      />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Save
      </Button>
    </form>
  );
}
