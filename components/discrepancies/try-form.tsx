"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { Candidate, IssueActions } from "./issue-actions";

export type CandidateChoice = Candidate & { name: string };
type Props = {
  issue: string;
  candidates: CandidateChoice[];
  start: NonNullable<IssueActions["experiment"]>;
};

const margins = ["0.02", "0.05", "0.1", "0.2"];

/** Tries something over the whole set, beside what the app said at the time. */
export function TryForm({ issue, candidates, start }: Props) {
  const [chosen, setChosen] = useState(candidates[0]?.id ?? "");
  const [margin, setMargin] = useState(margins[0] ?? "");
  const { submit, pending, formError } = useSubmit(start);
  const { toast } = useToast();
  const router = useRouter();
  if (candidates.length === 0) {
    return (
      <p className="text-muted-foreground">
        There is nothing to try yet: this app has no prompt version, trained model or policy for the type.
      </p>
    );
  }
  async function send(event: FormEvent) {
    event.preventDefault();
    const candidate = candidates.find(({ id }) => id === chosen);
    if (!candidate) return;
    const { kind, id } = candidate;
    if (!(await submit({ issue, candidate: { kind, id }, margin: Number(margin) }))) return;
    toast({ title: "The experiment runs", tone: "success" });
    router.refresh();
  }
  return (
    <form onSubmit={(event) => void send(event)} className="flex flex-col gap-3 border-t pt-4">
      <FormError>{formError}</FormError>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="What is to have ended it" hint="Beside what the app said at the time.">
          <Select value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {candidates.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Margin"
          hint="How much more often it may be wrong and still pass. Where the app was wrong on every case, one that is right on all of them passes from four cases on."
        >
          <Select value={margin} onChange={(event) => setMargin(event.target.value)}>
            {margins.map((each) => (
              <option key={each} value={each}>
                {Math.round(Number(each) * 100)} %
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Button type="submit" className="w-fit" pending={pending}>
        Run an experiment
      </Button>
    </form>
  );
}
