"use client";

import { type ReactNode, useState } from "react";
import { AutonomyForm, type ProposeRaise, type SaveAutonomy } from "@/components/apps/autonomy-form";
import { draftOf, textsOf } from "@/components/apps/autonomy-draft";
import { AutonomySentence } from "@/components/apps/autonomy-sentence";
import { RaiseCard, type RaiseActions } from "@/components/apps/raise-card";
import { GovernedNotice } from "@/components/apps/governed-notice";
import { StopNotice } from "@/components/apps/stop-notice";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { AutonomyView, StopView } from "@/lib/apps/views";

type Props = {
  autonomy: AutonomyView;
  /** Left out for who may not change it. */
  change?: { save: SaveAutonomy; propose: ProposeRaise };
  raise: { viewer: "proposer" | "signer" | "reader"; actions: RaiseActions };
  stop?: StopView;
  stopSwitch?: ReactNode;
};

/** How far the app may act alone with one decision type: in words, and as a form for who may change it. */
export function AutonomyCard({ autonomy, change, raise, stop, stopSwitch }: Props) {
  const id = `autonomy-${autonomy.type_id}`;
  // What was set just now stays where it was typed.
  const [wasUnset] = useState(autonomy.version === 0);
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title={
          <>
            {autonomy.type_name}{" "}
            <span className="font-mono text-xs font-normal text-muted-foreground">{autonomy.type}</span>
          </>
        }
        description={
          autonomy.updated_at ? (
            <>
              Set <Time at={autonomy.updated_at} />, version {autonomy.version}
            </>
          ) : (
            "Nobody has set this yet: a person decides everything."
          )
        }
        actions={
          <span className="flex flex-col items-end gap-2 sm:flex-row sm:items-center">
            <StatusBadge kind="level" status={autonomy.level} />
            {stopSwitch}
          </span>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {stop ? <StopNotice stop={stop} /> : null}
        <GovernedNotice autonomy={autonomy} />
        {autonomy.proposal ? <RaiseCard autonomy={autonomy} raise={autonomy.proposal} {...raise} /> : null}
        {change && !wasUnset ? <AutonomyForm autonomy={autonomy} {...change} /> : null}
        {change && wasUnset ? (
          <details className="text-sm">
            <summary className="cursor-pointer py-1 font-semibold text-primary-text">
              {autonomy.version === 0 ? "Set it" : "Change it"}
            </summary>
            <div className="pt-3">
              <AutonomyForm autonomy={autonomy} {...change} />
            </div>
          </details>
        ) : null}
        {change ? null : <AutonomySentence draft={draftOf(textsOf(autonomy), autonomy.currency)} />}
      </CardBody>
    </Card>
  );
}
