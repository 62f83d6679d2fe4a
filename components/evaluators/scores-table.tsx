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
};

/** What an evaluator said, beside what people said of the same. */
export function ScoresTable({ scores, retry }: Props) {
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
              <Said score={score} />
              {retry && score.status === "failed" ? <RetryScore score={score.id} retry={retry} /> : null}
            </TableCell>
            <TableCell>
              <People score={score} />
            </TableCell>
            <TableCell className="max-w-md">
              {score.rationale === null && score.error === null ? null : (
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
