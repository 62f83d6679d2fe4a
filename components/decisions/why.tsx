import { Bot, UserPen } from "lucide-react";
import { reasonChip } from "@/components/reviews/reason-words";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { UntrustedText } from "@/components/ui/untrusted-text";
import { levelWords } from "@/lib/apps/words";
import type { DecisionRecord, Sampling } from "@/lib/decisions/record";
import type { Route } from "@/lib/decisions/schema";

const routeSentences: Record<Route, string> = {
  execute: "It was confident enough to act alone.",
  review: "A person has to rule on it.",
  decline: "It was confident enough to leave things as they are.",
  shadow: "It is only recorded; nothing is done with it.",
};

function sentenceOf({ outcome, reasons }: DecisionRecord["decision"]["route"]): string {
  const isByPolicy = outcome === "decline" && reasons.some(({ kind }) => kind === "policy");
  return isByPolicy ? "A policy ended it without acting." : routeSentences[outcome];
}

/** Why the decision went where it went, and what the model said for it. */
export function Why({ record }: { record: DecisionRecord }) {
  const { decision, sampling } = record;
  const { route, confidence, proposal, rationale } = decision;
  const isPersons = route.reasons.some(({ code }) => code === "compensation");
  return (
    <Card>
      <CardHeader title="Why" description={sentenceOf(route)} />
      <CardBody className="flex flex-col gap-4">
        {route.reasons.length > 0 ? (
          <ul className="flex flex-col gap-2">
            {route.reasons.map((reason, index) => (
              <li key={`${reason.code}${index}`} className="flex flex-col gap-0.5">
                <Badge tone={route.outcome === "review" ? "review" : "neutral"}>{reasonChip(reason)}</Badge>
                <span className="text-sm text-muted-foreground">{reason.message}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <DefinitionList
          items={[
            {
              term: isPersons ? "Proposed" : "Model proposes",
              detail: proposal.predicted === "positive" ? "To act" : "Not to act",
            },
            { term: "Confidence", detail: <Confidence confidence={confidence} /> },
            { term: "Threshold", detail: route.threshold === null ? "None set" : route.threshold },
            { term: "Autonomy", detail: levelWords[route.level].name },
            ...(sampling ? samplingItems(sampling) : []),
          ]}
        />
        {rationale ? (
          <section
            aria-labelledby="rationale"
            className="flex flex-col gap-2 rounded-card border border-dashed p-3"
          >
            <h3
              id="rationale"
              className="flex items-center gap-1.5 text-xs font-semibold text-muted-foreground"
            >
              {isPersons ? (
                <UserPen aria-hidden className="size-4" />
              ) : (
                <Bot aria-hidden className="size-4" />
              )}
              {isPersons
                ? `Reason: written by ${record.submitted_by ?? "who proposed it"}`
                : "Rationale: written by the model, not verified"}
            </h3>
            <UntrustedText text={rationale.text} cap={800} />
          </section>
        ) : null}
      </CardBody>
    </Card>
  );
}

function Confidence({ confidence }: Pick<DecisionRecord["decision"], "confidence">) {
  if (confidence === null) return "None given";
  const { raw, calibrated, map } = confidence;
  return (
    <>
      <span className="font-semibold tabular-nums">{raw.toFixed(3)}</span>
      <span className="text-muted-foreground">, the model’s own claim</span>
      {calibrated === undefined ? null : (
        <span className="block text-muted-foreground">
          calibrated{" "}
          <span className="font-semibold text-foreground tabular-nums">{calibrated.toFixed(3)}</span>
          {map
            ? `: map ${map.number}, ${map.kind === "platt" ? "Platt scaling" : "isotonic regression"} on ${map.labels.toLocaleString("en")} labels`
            : null}
        </span>
      )}
    </>
  );
}

function samplingItems({ pi, draw, drawn, pending }: Sampling) {
  return [
    {
      term: "Chance of a label",
      detail: (
        <span className="tabular-nums" title="Set before the draw; figures weigh by it">
          {`${Number((pi * 100).toFixed(2))} %`}
        </span>
      ),
    },
    {
      term: "Draw",
      detail: (
        <span className="tabular-nums">
          {draw.toFixed(4)}
          <span className="text-muted-foreground">
            {drawn
              ? `, drawn for an audit${pending ? " that opens once the action ran" : ""}`
              : ", not drawn for an audit"}
          </span>
        </span>
      ),
    },
  ];
}
