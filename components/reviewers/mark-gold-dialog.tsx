"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { formText } from "@/components/identity/form-text";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { goldAnswers } from "@/lib/reviews/overturned";
import type { MarkGoldAction } from "./gold-actions";

type Props = { queue: string; mark: MarkGoldAction };

/** Marks one past decision by its id, with the answer that is right. */
export function MarkGoldDialog({ queue, mark }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Plus aria-hidden /> Mark a decision
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Mark a known answer"
        description="Copies of it are mixed into the queue. You are never asked about it yourself."
      >
        <MarkForm queue={queue} mark={mark} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function MarkForm({ queue, mark, onDone }: Props & { onDone: () => void }) {
  const { submit, pending, fieldError, formError } = useSubmit(mark);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = formText(form, "note").trim();
    const made = await submit({
      queue,
      decision_id: formText(form, "decision_id").trim(),
      expected: goldAnswers.find((each) => each === formText(form, "expected")),
      ...(note === "" ? {} : { note }),
    });
    if (!made) return;
    onDone();
    router.refresh();
  }
  return (
    <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <Field
        label="Decision"
        hint="Its id, as its page shows it: dec_…"
        error={fieldError("decision_id")}
        required
      >
        <Input name="decision_id" autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="What is right?" error={fieldError("expected")}>
        <Select name="expected" defaultValue="">
          <option value="">As its auditor or outcome says</option>
          <option value="approve">Approve: acting is right</option>
          <option value="decline">Decline: leaving it alone is right</option>
        </Select>
      </Field>
      <Field label="Note" hint="How one knows. Reviewers never see it.">
        <Textarea name="note" rows={2} />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" pending={pending}>
          Mark
        </Button>
      </div>
    </form>
  );
}
