"use client";

import { useRef, useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { AskRuling, NextRuling, RuleOnScore, RulingView } from "@/lib/evaluators/rulings";
import { RulingAnswer } from "./ruling-answer";
import { RulingCaseCard } from "./ruling-case-card";
import { RulingReveal } from "./ruling-reveal";

type Props = {
  first: NextRuling;
  evaluator: string;
  /** The evaluator's page. */
  back: string;
  rule: (input: RuleOnScore) => Promise<Answer<RulingView>>;
  next: (input: AskRuling) => Promise<Answer<NextRuling>>;
};

/** One case after the other: a person rules, then is shown what the evaluator had said. */
export function RulingDesk({ first, evaluator, back, rule, next }: Props) {
  const [at, setAt] = useState(first);
  const [ruling, setRuling] = useState<RulingView>();
  const sending = useSubmit(rule);
  const asking = useSubmit(next);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = at.case;
  async function answer(given: Omit<RuleOnScore, "score">) {
    if (!shown) return;
    const told = await sending.submit({ ...given, score: shown.score_id });
    if (told) setRuling(told);
  }
  async function goOn() {
    const found = await asking.submit({ evaluator });
    if (!found) return;
    setAt(found);
    setRuling(undefined);
    heading.current?.focus();
  }
  const ruled = at.ruled + (ruling ? 1 : 0);
  const left = Math.max(0, at.left - (ruling ? 1 : 0));
  return (
    <div className="flex flex-col gap-4">
      <h2 ref={heading} tabIndex={-1} className="text-sm text-muted-foreground tabular-nums outline-none">
        You have ruled on {ruled.toLocaleString("en")}, {left.toLocaleString("en")} left.
      </h2>
      {shown ? (
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[2fr_1fr]">
          <RulingCaseCard shown={shown} />
          <div className="flex flex-col gap-4 lg:sticky lg:top-(--top-bar-height) lg:pt-2">
            {ruling ? (
              <RulingReveal
                ruling={ruling}
                left={left}
                pending={asking.pending}
                back={back}
                onNext={() => void goOn()}
              />
            ) : (
              <RulingAnswer
                key={shown.score_id}
                shown={shown}
                pending={sending.pending}
                onAnswer={(given) => void answer(given)}
              />
            )}
            <FormError>{sending.formError ?? asking.formError}</FormError>
            {sending.formError === undefined ? null : (
              <Button className="self-start" pending={asking.pending} onClick={() => void goOn()}>
                Another case
              </Button>
            )}
          </div>
        </div>
      ) : (
        <div className="rounded-card border bg-card">
          <EmptyState
            title="Nothing is left to rule on"
            action={<ButtonLink href={back}>Its agreement</ButtonLink>}
          >
            {ruled > 0
              ? "You have ruled on all that its current version scored. More comes with what it scores next."
              : "Its current version has scored nothing yet. Give it a rule, or wait for decisions to come in."}
          </EmptyState>
        </div>
      )}
    </div>
  );
}
