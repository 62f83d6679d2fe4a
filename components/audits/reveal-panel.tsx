import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import { causeSentences } from "@/lib/audits/client";
import { formatConfidence } from "@/lib/kernel/confidence";
import type { AuditReveal, AuditView } from "@/lib/audits/schema";

const proposed = { positive: "To do it", negative: "Not to do it" };
const answered = { positive: "Yes, it should have been done", negative: "No, it should not" };

/** What the model proposed, who decided and what came of it. */
export function RevealPanel({ audit, reveal }: { audit: AuditView; reveal: AuditReveal }) {
  const { blind_answer: mine } = audit;
  const agrees = mine === reveal.predicted;
  return (
    <Card aria-labelledby="reveal" aria-live="polite">
      <CardHeader
        id="reveal"
        title={agrees ? "The model proposed the same" : "The model proposed otherwise"}
        description={
          mine
            ? `${audit.status === "done" ? "The auditor's" : "Your"} own answer: ${answered[mine]}.`
            : undefined
        }
      />
      <CardBody className="flex flex-col gap-3">
        <DefinitionList items={facts(audit, reveal)} />
        {reveal.rationale ? (
          <section aria-labelledby="reveal-rationale" className="flex flex-col gap-1">
            <h3 id="reveal-rationale" className="text-sm font-semibold">
              Rationale, written by the model and not verified
            </h3>
            <UntrustedText text={reveal.rationale} cap={3000} />
          </section>
        ) : null}
        <Link href={`/decisions/${reveal.decision_id}`} className="text-sm text-primary-text underline">
          Open the decision
        </Link>
      </CardBody>
    </Card>
  );
}

function facts(audit: AuditView, reveal: AuditReveal) {
  const { confidence, route, execution, model } = reveal;
  const items = [
    { term: "Proposed", detail: proposed[reveal.predicted] },
    {
      term: "Confidence",
      detail: confidence === null ? "None given" : `${formatConfidence(confidence)}, as the model stated it`,
    },
    {
      term: "Decided by",
      detail: reveal.decided_by === "router" ? "The router, alone" : (reveal.decided_by ?? "–"),
    },
    { term: "Route", detail: <StatusBadge kind="route" status={route.outcome} /> },
    { term: "Why", detail: route.reasons.map(({ message }) => message).join("; ") || "–" },
    {
      term: "Execution",
      detail: execution ? <StatusBadge kind="execution" status={execution.status} /> : "Nothing to carry out",
    },
    ...(execution?.settled_at ? [{ term: "Carried out", detail: <Time at={execution.settled_at} /> }] : []),
    ...(model ? [{ term: "Model", detail: <UntrustedInline text={model.name} /> }] : []),
    ...chosen(audit, reveal),
  ];
  if (audit.status !== "done") return items;
  return [
    ...items,
    ...(audit.cause ? [{ term: "Cause", detail: causeSentences[audit.cause] }] : []),
    ...(audit.note ? [{ term: "Note", detail: <UntrustedInline text={audit.note} /> }] : []),
    { term: "Judged by", detail: audit.judged_by?.name ?? "–" },
  ];
}

/** How it came to be audited. */
function chosen({ broke_glass }: AuditView, { pi, plan, sent }: AuditReveal) {
  return [
    ...(sent ? [{ term: broke_glass ? "Glass broken by" : "Sent by", detail: sent.by.name }] : []),
    ...(sent?.reason ? [{ term: "Because", detail: <UntrustedInline text={sent.reason} /> }] : []),
    pi === null
      ? {
          term: "Chosen",
          detail: broke_glass
            ? "Because one person approved it alone, so it enters no rate"
            : "By a person, so it enters no rate",
        }
      : { term: "Drawn with", detail: `probability ${Number(pi.toPrecision(4))}` },
    ...(plan ? [{ term: "Plan", detail: plan.stratum ? `${plan.name}: ${plan.stratum}` : plan.name }] : []),
  ];
}
