import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UntrustedText } from "@/components/ui/untrusted-text";
import type { ScoreView } from "@/lib/evaluators/views";
import { isUnruled, RuleFirst, Said } from "./scores-table";

type Props = {
  appId: string;
  scores: readonly ScoreView[];
  /** Whether the reader may rule on what a judge said, before they see it. */
  mayRule: boolean;
};

/** What evaluators said of one decision, each quality by itself; nothing where none has looked. */
export function DecisionScores({ appId, scores, mayRule }: Props) {
  if (scores.length === 0) return null;
  return (
    <Card aria-labelledby="scores-title">
      <CardHeader
        id="scores-title"
        title="Evaluators"
        description="What they said of it. None of it decides."
      />
      <CardBody>
        <ul className="flex flex-col divide-y">
          {scores.map((score) => (
            <li key={score.id} className="flex flex-col gap-1 py-2 first:pt-0 last:pb-0">
              <span className="flex flex-wrap items-center gap-2 text-sm">
                <Link
                  href={`/apps/${appId}/evaluators/${score.evaluator_id}`}
                  prefetch={false}
                  className="font-semibold hover:underline"
                >
                  {score.evaluator}
                </Link>
                <span className="text-muted-foreground">{score.quality}</span>
                {score.counts ? null : <Badge tone="escalated">Does not count</Badge>}
              </span>
              <Told
                score={score}
                ruleAt={mayRule ? `/apps/${appId}/evaluators/${score.evaluator_id}` : null}
              />
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function Told({ score, ruleAt }: { score: ScoreView; ruleAt: string | null }) {
  if (ruleAt !== null && isUnruled(score)) return <RuleFirst score={score} ruleAt={ruleAt} />;
  const text = score.error ?? score.rationale;
  return (
    <>
      <Said score={score} />
      {text === null ? null : <UntrustedText text={text} cap={300} className="text-sm" />}
    </>
  );
}
