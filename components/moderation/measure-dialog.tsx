"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AgentView } from "@/lib/policies/moderation/endpoints";
import { type LabelledLine, readLabelledLines } from "./labelled-lines";

export type MeasureOwn = (input: {
  agent: AgentView["kind"];
  cases: LabelledLine[];
}) => Promise<Answer<AgentView>>;

/** Measures an agent on labelled texts from a file; the counts are kept, the texts are not. */
export function MeasureDialog({ agent, measure }: { agent: AgentView; measure: MeasureOwn }) {
  const [open, setOpen] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const { submit, pending, fieldError, formError } = useSubmit(measure);
  const router = useRouter();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    const read = readLabelledLines(file instanceof File ? await file.text() : "");
    setWrong(read.ok ? undefined : read.message);
    if (!read.ok || !(await submit({ agent: agent.kind, cases: read.cases }))) return;
    setOpen(false);
    router.refresh();
  }
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={`Measure ${agent.name} on your texts`}>
          Measure
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Measure ${agent.name} on your texts`}
        description="At the thresholds in force. The counts are kept, the texts are not."
      >
        <form method="post" onSubmit={(event) => void send(event)} className="flex flex-col gap-4">
          <FormError>{formError}</FormError>
          <Field
            label="File"
            hint='JSONL: {"text": "…", "label": true} on each line, 10 to 2,000 of them. label: is there something to find?'
            error={wrong ?? fieldError("cases")}
          >
            <Input name="file" type="file" accept=".jsonl,.ndjson,.txt,.json" required />
          </Field>
          <Button type="submit" variant="primary" pending={pending} className="self-end">
            Measure
          </Button>
        </form>
      </DialogContent>
    </Dialog>
  );
}
