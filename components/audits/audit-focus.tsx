"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { EvidencePanel } from "@/components/reviews/evidence-panel";
import { useShortcuts } from "@/components/shell/shortcuts";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { useToast } from "@/components/ui/toast";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { AuditView } from "@/lib/audits/schema";
import type { AuditActions } from "./actions";
import { AnswersPanel } from "./answers-panel";
import { BlindQuestion } from "./blind-question";
import { BrokenGlassBadge } from "./broken-glass-badge";
import { JudgementForm } from "./judgement-form";
import { NextButton } from "./next-button";
import { RevealPanel } from "./reveal-panel";
import { ActionFields } from "@/components/reviews/action-fields";

export type AuditViewer = { id: string; mayJudge: boolean };
type Props = {
  initial: AuditView;
  viewer: AuditViewer;
  /** The plan whose audits the auditor goes through. */
  plan?: string | undefined;
  actions: AuditActions;
};

/** One audit: the evidence, one's own answer, then what the model proposed and the judgement of it. */
export function AuditFocus({ initial, viewer, plan, actions }: Props) {
  const [audit, setAudit] = useState(initial);
  const [raw, setRaw] = useState(false);
  const { toast } = useToast();
  const settle = (answer: Awaited<ReturnType<AuditActions["answer"]>>) => {
    if (answer.ok) setAudit(answer.data);
    else toast({ tone: "error", title: answer.error.message });
  };
  const answering = useMutation({ mutationFn: actions.answer, onSuccess: settle });
  const judging = useMutation({ mutationFn: actions.judge, onSuccess: settle });
  useShortcuts("Audit", [{ keys: "v", label: "Raw input", run: () => setRaw((was) => !was) }]);
  const byOther = audit.held_by !== null && audit.held_by.id !== viewer.id;
  const { input, context } = audit.evidence;
  return (
    <Page>
      <PageHeader
        back={{ href: "/audits", label: "Audits" }}
        title={<UntrustedInline text={audit.summary} />}
        badges={
          <>
            {audit.judgement ? (
              <StatusBadge kind="judgement" status={audit.judgement} />
            ) : (
              <StatusBadge kind="audit" status={audit.status} />
            )}
            {audit.broke_glass ? <BrokenGlassBadge /> : null}
          </>
        }
        description={
          <>
            {audit.app.name} · {audit.type.name} · submitted <Time at={audit.submitted_at} />
          </>
        }
        actions={
          viewer.mayJudge ? (
            <NextButton
              next={actions.next}
              filter={{ plan }}
              exclude={[audit.id]}
              label={audit.status === "done" ? "Next" : "Another one"}
            />
          ) : null
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(20rem,2fr)]">
        <div className="flex min-w-0 flex-col gap-5 max-lg:order-2">
          <EvidencePanel review={{ decision: { input, context } }} raw={raw} onRaw={() => setRaw(!raw)} />
          <section aria-labelledby="audit-arguments" className="flex flex-col gap-2">
            <h2 id="audit-arguments" className="text-sm font-semibold">
              The action, in full
            </h2>
            <ActionFields fields={audit.evidence.arguments} />
          </section>
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-16">
          {audit.reveal === null ? (
            <BlindQuestion
              heldBy={byOther ? (audit.held_by?.name ?? null) : null}
              mayJudge={viewer.mayJudge}
              pending={answering.isPending}
              onAnswer={(answer) => answering.mutate({ auditId: audit.id, answer })}
            />
          ) : (
            <RevealPanel audit={audit} reveal={audit.reveal} />
          )}
          {audit.answers && (audit.adjudicating || audit.judges_needed > 1) ? (
            <AnswersPanel audit={audit} answers={audit.answers} />
          ) : null}
          {audit.reveal !== null && audit.status === "claimed" && viewer.mayJudge && !byOther ? (
            <JudgementForm
              rubric={audit.rubric}
              adjudicating={audit.adjudicating}
              pending={judging.isPending}
              onJudge={(ruling) => judging.mutate({ auditId: audit.id, ruling })}
            />
          ) : null}
        </div>
      </div>
    </Page>
  );
}
