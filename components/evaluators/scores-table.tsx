import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { UntrustedInline, UntrustedText } from "@/components/ui/untrusted-text";
import type { ScoreView } from "@/lib/evaluators/views";
import { scoreWords } from "./evaluator-words";
import { RetryScore, type RetryScoreAction } from "./retry-score";
import { Passed } from "./trial-panel";

type Props = {
  scores: readonly ScoreView[];
  /** Undefined: the reader may not have a failed one given again. */
  retry?: RetryScoreAction;
  /** Of the evaluator's page; undefined: the reader may not rule on what it said. */
  ruleAt?: string;
};

/** What an evaluator said, beside what people said of the same. */
export function ScoresTable({ scores, retry, ruleAt }: Props) {
  return (
    <Table caption="Scores">
      <TableHead>
        <tr>
          <TableHeading>About</TableHeading>
          <TableHeading>It said</TableHeading>
          <TableHeading>People said</TableHeading>
          <TableHeading>Why</TableHeading>
          <TableHeading>When</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {scores.map((score) => (
          <TableRow key={score.id}>
            <TableCell>
              <About score={score} />
            </TableCell>
            <TableCell>
              {ruleAt && isUnruled(score) ? (
                <RuleFirst score={score} ruleAt={ruleAt} />
              ) : (
                <Said score={score} />
              )}
              {retry && score.status === "failed" ? <RetryScore score={score.id} retry={retry} /> : null}
            </TableCell>
            <TableCell>
              <People score={score} />
            </TableCell>
            <TableCell className="max-w-md">
              {(score.rationale === null && score.error === null) || (ruleAt && isUnruled(score)) ? null : (
                <UntrustedText text={score.error ?? score.rationale ?? ""} cap={300} className="text-sm" />
              )}
            </TableCell>
            <TableCell className="whitespace-nowrap">
              <Time at={score.done_at ?? score.created_at} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

/** Whether nobody has ruled yet on what a judge or a service said. */
export function isUnruled({ kind, status, people }: ScoreView): boolean {
  return (kind === "llm_judge" || kind === "http") && status === "done" && people === null;
}

/** A person rules before they see what was said; whoever wants to see it all the same opens it. */
export function RuleFirst({ score, ruleAt }: { score: ScoreView; ruleAt: string }) {
  return (
    <div className="flex flex-col items-start gap-1 text-sm">
      <Link href={`${ruleAt}/rule?score=${score.id}`} prefetch={false} className="underline">
        Rule on it first
      </Link>
      <details>
        <summary className="text-xs text-muted-foreground">Show what it said</summary>
        <div className="flex max-w-md flex-col gap-1 pt-1">
          <Said score={score} />
          {score.rationale === null ? null : (
            <UntrustedText text={score.rationale} cap={300} className="text-sm whitespace-normal" />
          )}
        </div>
      </details>
    </div>
  );
}

function About({ score: { decision_id: id, summary, subject, quality } }: { score: ScoreView }) {
  return (
    <span className="flex flex-col">
      {id === null ? (
        <UntrustedInline text={subject ?? ""} />
      ) : (
        <Link href={`/decisions/${id}`} prefetch={false} className="font-semibold hover:underline">
          {summary ?? "Decision"} …{id.slice(-6)}
        </Link>
      )}
      <span className="text-xs text-muted-foreground">{quality}</span>
    </span>
  );
}

/** A score's answer: passed or not, its label and figure; or where it stands while there is none. */
export function Said({ score: { status, passed, label, score } }: { score: ScoreView }) {
  if (status !== "done")
    return <Badge tone={status === "failed" ? "escalated" : "neutral"}>{scoreWords[status]}</Badge>;
  return (
    <span className="flex flex-wrap items-center gap-2 text-sm">
      {passed === null ? null : <Passed passed={passed} />}
      {score === null ? null : <span className="tabular-nums">{score.toFixed(2)}</span>}
      {label === null ? null : <UntrustedInline text={label} />}
    </span>
  );
}

function People({ score: { people, passed, label } }: { score: ScoreView }) {
  if (people === null) return <span className="text-sm text-muted-foreground">Nobody yet</span>;
  const differs =
    people.passed !== null && passed !== null
      ? people.passed !== passed
      : people.label !== null && people.label !== label;
  return (
    <span className="flex flex-wrap items-center gap-2 text-sm">
      {people.passed === null ? null : <Passed passed={people.passed} />}
      {people.label === null ? null : <UntrustedInline text={people.label} />}
      {differs ? <Badge tone="escalated">Disagree</Badge> : null}
    </span>
  );
}
