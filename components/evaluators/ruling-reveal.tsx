"use client";

import { useEffect, useRef } from "react";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { RulingView } from "@/lib/evaluators/rulings";
import { Said } from "./scores-table";
import { Passed } from "./trial-panel";

type Props = { ruling: RulingView; left: number; pending: boolean; back: string; onNext: () => void };

/** What the evaluator had said, beside the ruling that now stands. */
export function RulingReveal({
  ruling: { passed, label, agrees, score },
  left,
  pending,
  back,
  onNext,
}: Props) {
  const next = useRef<HTMLButtonElement>(null);
  // The button that was pressed is gone: the keyboard goes on from here.
  useEffect(() => next.current?.focus(), []);
  useShortcuts("Ruling", [{ keys: "n", label: "Next case", when: !pending && left > 0, run: onNext }]);
  return (
    <Card aria-labelledby="reveal-title">
      <CardHeader
        id="reveal-title"
        title={agrees === null ? "Yours stands" : agrees ? "You say the same" : "You disagree"}
        actions={
          agrees === null ? undefined : (
            <Badge tone={agrees ? "approved" : "escalated"}>{agrees ? "Agree" : "Disagree"}</Badge>
          )
        }
      />
      <CardBody className="flex flex-col gap-3" aria-live="polite">
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted-foreground">You said</span>
          {passed === null ? null : <Passed passed={passed} />}
          {label === null ? null : <UntrustedInline text={label} />}
        </p>
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <span className="text-muted-foreground">It said</span>
          <Said score={score} />
        </div>
        {score.rationale === null ? null : (
          <UntrustedText text={score.rationale} cap={1000} className="text-sm" />
        )}
        <div className="flex flex-wrap gap-2">
          {left > 0 ? (
            <Button ref={next} variant="primary" shortcut="n" pending={pending} onClick={onNext}>
              Next case
            </Button>
          ) : null}
          <ButtonLink href={back}>Its agreement</ButtonLink>
        </div>
      </CardBody>
    </Card>
  );
}
