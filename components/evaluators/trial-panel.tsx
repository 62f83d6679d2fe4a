"use client";

import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { Trial, TryEvaluator } from "@/lib/evaluators/views";

export type TryAction = (input: TryEvaluator) => Promise<Answer<Trial>>;
export type PastDecision = { id: string; summary: string };
type Props = {
  decisions: readonly PastDecision[];
  /** What would be saved, as it is typed now. */
  asked: () => Omit<TryEvaluator, "decision">;
  attempt: TryAction;
};

/** Scores one past decision with what is typed, and stores nothing. */
export function TrialPanel({ decisions, asked, attempt }: Props) {
  const [decision, setDecision] = useState(decisions[0]?.id ?? "");
  const [trial, setTrial] = useState<Trial>();
  const { submit, pending, formError, fieldError } = useSubmit(attempt);
  if (decisions.length === 0) {
    return (
      <p className="text-sm text-muted-foreground">There is no decision of this app to try it on yet.</p>
    );
  }
  async function run() {
    setTrial(await submit({ ...asked(), decision }));
  }
  const wrong = formError ?? fieldError("decision");
  return (
    <section aria-label="Try it" className="flex flex-col gap-3 rounded-card border bg-surface-2 p-3">
      <Field label="Try it on a past decision" hint="Nothing is stored. A judge’s model is asked for real.">
        <Select value={decision} onChange={(event) => setDecision(event.target.value)}>
          {decisions.map(({ id, summary }) => (
            <option key={id} value={id}>
              {summary}
            </option>
          ))}
        </Select>
      </Field>
      <Button className="self-start" pending={pending} onClick={() => void run()}>
        Try it
      </Button>
      <FormError>{wrong ?? trial?.error ?? undefined}</FormError>
      <div aria-live="polite">{trial && trial.error === null ? <Result trial={trial} /> : null}</div>
    </section>
  );
}

function Result({ trial }: { trial: Trial }) {
  return (
    <ul className="flex flex-col gap-2">
      {trial.scores.map(({ quality, score, label, passed, rationale }) => (
        <li key={quality} className="flex flex-col gap-1 text-sm">
          <span className="flex flex-wrap items-center gap-2">
            <span className="text-muted-foreground">{quality}</span>
            <Passed passed={passed} />
            {score === null ? null : <span className="tabular-nums">{score.toFixed(2)}</span>}
            {label === null ? null : <UntrustedInline text={label} />}
          </span>
          {rationale === null ? null : <UntrustedText text={rationale} className="text-sm" />}
        </li>
      ))}
    </ul>
  );
}

/** Passed, failed, or not told. */
export function Passed({ passed }: { passed: boolean | null }) {
  if (passed === null) return <Badge tone="neutral">Not told</Badge>;
  return passed ? <Badge tone="approved">Passes</Badge> : <Badge tone="declined">Fails</Badge>;
}
