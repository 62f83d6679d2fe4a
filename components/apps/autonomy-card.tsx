"use client";

import { AutonomyForm, type SaveAutonomy } from "@/components/apps/autonomy-form";
import { draftOf, textsOf } from "@/components/apps/autonomy-draft";
import { AutonomySentence } from "@/components/apps/autonomy-sentence";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { AutonomyView } from "@/lib/apps/views";

type Props = { autonomy: AutonomyView; save?: SaveAutonomy };

/** How far the app may act alone with one decision type: in words, and as a form for who may change it. */
export function AutonomyCard({ autonomy, save }: Props) {
  const id = `autonomy-${autonomy.type_id}`;
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title={<span className="font-mono">{autonomy.type}</span>}
        description={
          autonomy.updated_at ? (
            <>
              Set <Time at={autonomy.updated_at} />, version {autonomy.version}
            </>
          ) : (
            "Nobody has set this yet: a person decides everything."
          )
        }
        actions={<StatusBadge kind="level" status={autonomy.level} />}
      />
      <CardBody>
        {save && autonomy.version > 0 ? <AutonomyForm autonomy={autonomy} save={save} /> : null}
        {save && autonomy.version === 0 ? (
          <details className="text-sm">
            <summary className="cursor-pointer py-1 font-semibold text-primary-text">Set it</summary>
            <div className="pt-3">
              <AutonomyForm autonomy={autonomy} save={save} />
            </div>
          </details>
        ) : null}
        {save ? null : <AutonomySentence draft={draftOf(textsOf(autonomy), autonomy.currency)} />}
      </CardBody>
    </Card>
  );
}
