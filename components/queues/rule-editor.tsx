"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { Answer } from "@/components/identity/use-submit";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import { factMeanings } from "@/lib/policies/facts";
import type { RuleTrial } from "@/lib/reviews/queues";
import { useSettled } from "@/components/queues/use-settled";

export type TryRuleAction = (input: {
  rule: string;
  queue?: string;
  position?: number;
}) => Promise<Answer<RuleTrial>>;

type Props = {
  rule: string;
  queue?: string;
  position: number;
  error?: string;
  disabled?: boolean;
  onChange: (rule: string) => void;
  tryRule: TryRuleAction;
};

/** A rule as it is typed, with what is wrong with it, or what it would have taken. */
export function RuleEditor({ rule, queue, position, error, disabled, onChange, tryRule }: Props) {
  const settled = useSettled(useDeferredValue(rule.trim()), 350);
  const trial = useQuery({
    queryKey: ["rule-trial", queue, position, settled],
    queryFn: () =>
      tryRule({ rule: settled, queue, position: Number.isInteger(position) ? position : undefined }),
    enabled: settled !== "",
    staleTime: 30_000,
  });
  const answer = settled === "" ? undefined : trial.data;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Rule"
        hint="A CEL expression over decision; what is true for it comes here. Empty: only what its types and people send."
        error={error}
      >
        <Textarea
          value={rule}
          disabled={disabled}
          rows={4}
          maxLength={2000}
          spellCheck={false}
          autoCapitalize="off"
          className="font-mono text-sm"
          placeholder="decision.amount > 50000.0 && decision.severity == 'high'"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <div aria-live="polite" aria-busy={trial.isFetching} className="min-h-10 text-sm">
        {answer?.ok === false ? <p className="text-declined-text">{answer.error.message}</p> : null}
        {answer?.ok ? <Trial trial={answer.data} source={settled} /> : null}
        {settled === "" ? (
          <p className="text-muted-foreground">No rule: no decision is taken from another queue.</p>
        ) : null}
      </div>
      <RuleHelp />
    </div>
  );
}

function Trial({ trial, source }: { trial: RuleTrial; source: string }) {
  if (trial.problem) return <Problem problem={trial.problem} source={source} />;
  const { of, holds, takes, fails, failure, examples } = trial;
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-start gap-2">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-approved-text" />
        <span>
          Would have taken <strong className="font-semibold tabular-nums">{takes}</strong> of the last{" "}
          <span className="tabular-nums">{of}</span> reviewed decisions
          {holds > takes ? `; ${holds - takes} more go to a queue that is asked before` : ""}.
        </span>
      </p>
      {fails > 0 ? (
        <p className="flex items-start gap-2 text-review-text">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {fails} could not be evaluated ({failure}); they go on to the next rule. Ask with has(…) first.
          </span>
        </p>
      ) : null}
      {examples.length > 0 ? (
        <ul className="ms-6 flex list-disc flex-col gap-0.5 ps-1 text-muted-foreground">
          {examples.map(({ decision_id, summary }) => (
            <li key={decision_id}>
              <a href={`/decisions/${decision_id}`} className="underline-offset-2 hover:underline">
                <UntrustedInline text={summary} />
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** The line that is wrong, with the place marked under it. */
function Problem({ problem, source }: { problem: NonNullable<RuleTrial["problem"]>; source: string }) {
  const { line, column, start, end, message, fix } = problem;
  const text = source.split("\n")[line - 1] ?? "";
  const length = Math.max(1, Math.min(end - start, text.length - column + 1));
  return (
    <div className="flex flex-col gap-1.5 rounded-control bg-declined-soft p-3 text-declined-text">
      <p className="flex items-start gap-2">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          Line {line}, column {column}: {message}. {fix}
        </span>
      </p>
      <pre aria-hidden className="overflow-x-auto font-mono text-xs">
        {text}
        {"\n"}
        {" ".repeat(column - 1)}
        {"^".repeat(length)}
      </pre>
    </div>
  );
}

function RuleHelp() {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-muted-foreground hover:text-foreground">
        What a rule can ask
      </summary>
      <dl className="mt-2 grid gap-x-4 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {factMeanings.map(({ name, type, meaning }) => (
          <div key={name} className="contents">
            <dt className="font-mono text-xs leading-5">
              decision.{name} <span className="text-subtle-foreground">{type}</span>
            </dt>
            <dd className="text-xs leading-5 text-muted-foreground max-sm:mb-1">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-xs text-muted-foreground">
        What may be absent is asked for first: has(decision.confidence) && decision.confidence &lt; 0.8.
        Numbers have decimals: 2.0.
      </p>
    </details>
  );
}
