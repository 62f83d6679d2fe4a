import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Progress } from "@/components/ui/progress";
import type { ExperimentView } from "@/lib/experiments/experiments";
import {
  answersText,
  isUnderWay,
  costOf,
  progressSentence,
  progressShare,
  scoresText,
  splitWords,
  statusTones,
  statusWords,
} from "@/lib/experiments/words";

/** How far it is, what it cost, and what stands in the way. */
export function ExperimentStanding({ experiment }: { experiment: ExperimentView }) {
  const { status, why, failed, interrupted, scores, cost_cap_micros: cap, split, dataset } = experiment;
  return (
    <section
      aria-label="Where it stands"
      className="flex flex-col gap-2 rounded-card border bg-card p-4 text-sm"
    >
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={statusTones[status]}>{statusWords[status]}</Badge>
        <span aria-live="polite" className="tabular-nums">
          {progressSentence(experiment)}
          {cap === null ? "" : ` of ${costOf(cap, experiment.cost_currencies)} at most`}
        </span>
        <Link href={`/datasets/${dataset.id}?version=${dataset.version_id}`} className="underline">
          {split === null ? "The whole version" : `Split: ${splitWords[split]}`}
        </Link>
      </p>
      {isUnderWay(status) || status === "paused" ? (
        <Progress label="Answers and scores" value={progressShare(experiment)} />
      ) : null}
      {why === null ? null : <p>{why}</p>}
      {failed > 0 ? (
        <p>
          {answersText(failed)} failed: the model gave nothing that can be used. The gate counts that as
          wrong.
        </p>
      ) : null}
      {interrupted > 0 ? (
        <p>
          {answersText(interrupted)} interrupted: the worker ended while the model was asked, and it may have
          been paid. Nothing is asked again unless somebody says so.
        </p>
      ) : null}
      {scores.failed > 0 ? (
        <p>
          {scoresText(scores.failed)} could not be given: the judge or service gave nothing that can be used.
          The gate does not rest on scores.
        </p>
      ) : null}
      {scores.interrupted > 0 ? (
        <p>{scoresText(scores.interrupted)} interrupted while the judge was asked: it may have been paid.</p>
      ) : null}
    </section>
  );
}
