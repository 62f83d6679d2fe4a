"use client";

import { Evidence } from "@/components/decisions/evidence";
import { Proposal } from "@/components/decisions/proposal";
import { Why } from "@/components/decisions/why";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardBody } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { Opened } from "./opened";

type Props = { opened: Opened; onClose: () => void };

/** On a phone it stands below the list: whoever opened it is taken there. */
function bringUp(section: HTMLElement | null): void {
  if (window.matchMedia("(max-width: 63.99rem)").matches) section?.scrollIntoView({ block: "start" });
}

/** A flip as somebody who opens it has to see it: what came in, what was proposed, why it was held, what was right. */
export function FlipDetail({ opened: { flip, record }, onClose }: Props) {
  const { decision } = record;
  return (
    <section aria-label="Decision" ref={bringUp} className="flex min-w-0 flex-col gap-3">
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div className="flex min-w-0 flex-col gap-1">
          <h3 className="text-md font-semibold">
            <UntrustedInline text={flip.summary} />
          </h3>
          <p className="flex flex-wrap items-center gap-2 text-sm text-muted-foreground">
            <StatusBadge kind="route" status={flip.was} />
            <span>then, would be</span>
            <StatusBadge kind="route" status={flip.would} />
          </p>
        </div>
        <div className="flex gap-2">
          <ButtonLink href={`/decisions/${flip.decision_id}`} size="sm">
            Decision page
          </ButtonLink>
          <Button size="sm" variant="ghost" onClick={onClose}>
            Close
          </Button>
        </div>
      </header>
      <p className="text-sm">
        {flip.truth === null
          ? "Nobody has said what was right."
          : flip.truth === "positive"
            ? "Acting was right."
            : "Acting was wrong."}
      </p>
      <Proposal record={record} />
      {record.blind ? null : <Why record={record} />}
      <Card>
        <CardBody>
          <Evidence
            input={decision.input}
            context={decision.context}
            citations={record.blind ? [] : (decision.rationale?.citations ?? [])}
          />
        </CardBody>
      </Card>
    </section>
  );
}
