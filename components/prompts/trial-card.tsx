import { costText, latencyText } from "@/components/models/model-words";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { JsonView } from "@/components/ui/json-view";
import { UntrustedText } from "@/components/ui/untrusted-text";
import { formatConfidence } from "@/lib/kernel/confidence";
import { confidenceSources } from "@/lib/models/vocabulary";
import type { Trials } from "@/lib/prompts/run-endpoints";
import { sourceWords, wayWord } from "./prompt-words";

type Trial = Trials["data"][number];

/** What one version said to an input, how sure it was, and what that took. */
export function TrialCard({ trial }: { trial: Trial }) {
  const { name, answer, error } = trial;
  const title = `trial-${trial.version}`;
  return (
    <Card aria-labelledby={title}>
      <CardHeader
        id={title}
        title={name}
        actions={
          answer ? (
            <Badge tone="neutral">{wayWord(answer.predicted)}</Badge>
          ) : (
            <Badge tone="declined">Failed</Badge>
          )
        }
      />
      <CardBody className="flex flex-col gap-3">
        {answer ? <Said answer={answer} currency={trial.currency} /> : <UntrustedText text={error ?? ""} />}
      </CardBody>
    </Card>
  );
}

function Said({ answer, currency }: { answer: NonNullable<Trial["answer"]>; currency: string }) {
  return (
    <>
      <UntrustedText text={answer.rationale} cap={600} />
      <JsonView value={answer.arguments} openTo={2} />
      <DefinitionList
        items={[
          {
            term: "Confidence",
            detail: answer.confidence === null ? "None" : formatConfidence(answer.confidence),
          },
          ...confidenceSources.flatMap((source) => {
            const said = answer.confidences[source];
            return said === undefined ? [] : [{ term: sourceWords[source], detail: formatConfidence(said) }];
          }),
          { term: "Took", detail: latencyText(answer.latency_ms) },
          { term: "Tokens", detail: `${answer.input_tokens} in, ${answer.output_tokens} out` },
          { term: "Cost", detail: costText(answer.cost_micros, currency) },
        ]}
      />
    </>
  );
}
