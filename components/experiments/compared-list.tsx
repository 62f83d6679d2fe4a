import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkTabs } from "@/components/ui/tabs";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ComparedShow } from "@/lib/experiments/experiment-endpoints";
import type { AnswerScore, ComparedItem, ExperimentView, ResultView } from "@/lib/experiments/experiments";
import { costOf, resultWords } from "@/lib/experiments/words";
import type { List } from "@/lib/kernel/list";
import { openingOf, Part, truthWords } from "./dataset-items";

type Props = { experiment: ExperimentView; show: ComparedShow; items: List<ComparedItem> };

const tabWords: Record<ComparedShow, string> = {
  all: "All items",
  disagreements: "Disagreements",
  wrong: "Wrong",
  unanswered: "Without an answer",
};
const order: readonly ComparedShow[] = ["disagreements", "wrong", "unanswered", "all"];
const nothing: Record<ComparedShow, string> = {
  all: "No items are laid out yet.",
  disagreements: "So far every candidate says the same of every item.",
  wrong: "So far no candidate is wrong about any item.",
  unanswered: "No answer failed or was interrupted.",
};

/** Items with every candidate's answer, those first that candidates disagree about. */
export function ComparedList({ experiment, show, items }: Props) {
  const address = (more: Record<string, string>) =>
    `/experiments/${experiment.id}?${new URLSearchParams(more).toString()}`;
  const last = items.data.at(-1);
  return (
    <section aria-label="Items" className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">Items</h2>
      <LinkTabs
        label="Which items"
        tabs={order.map((one) => ({
          href: address({ show: one }),
          label: tabWords[one],
          current: one === show,
        }))}
      />
      {items.data.length === 0 ? (
        <EmptyState title="Nothing here">{nothing[show]}</EmptyState>
      ) : (
        <ul className="divide-y rounded-card border bg-card">
          {items.data.map((item) => (
            <li key={item.id}>
              <Item item={item} experiment={experiment} />
            </li>
          ))}
        </ul>
      )}
      {items.has_more && last ? (
        <ButtonLink href={address({ show, after: last.id })} className="self-center">
          More items
        </ButtonLink>
      ) : null}
    </section>
  );
}

type ItemProps = { item: ComparedItem; experiment: ExperimentView };

function Item({ item, experiment }: ItemProps) {
  const answers = experiment.candidates.flatMap((candidate) => {
    const result = item.results.find(({ candidate_id }) => candidate_id === candidate.id);
    return result ? [{ candidate, result }] : [];
  });
  return (
    <details className="text-sm">
      <summary className="flex min-h-10 flex-wrap items-center gap-2 px-4 py-2 pointer-coarse:min-h-12">
        <span className="w-8 text-xs text-muted-foreground tabular-nums">{item.position + 1}</span>
        <UntrustedInline text={openingOf(item.input)} className="min-w-40 flex-1 truncate" />
        <span className="flex flex-wrap gap-1">
          {answers.map(({ candidate, result }) => (
            <Badge key={candidate.id} tone={toneOf(result)}>
              {candidate.name}: {shortWords(result)}
            </Badge>
          ))}
        </span>
      </summary>
      <div className="grid gap-4 px-4 pb-4 md:grid-cols-2">
        <Part title="Input" value={item.input} />
        <div className="flex flex-col gap-2">
          <p>
            <Badge tone={item.truth === "positive" ? "approved" : "declined"}>{truthWords[item.truth]}</Badge>
          </p>
          <Part title="Expected" value={item.expected} />
        </div>
        {answers.map(({ candidate, result }) => (
          <Answer
            key={candidate.id}
            name={candidate.name}
            result={result}
            currencies={experiment.cost_currencies}
          />
        ))}
        {item.decision_id === null ? null : (
          <Link href={`/decisions/${item.decision_id}`} className="text-xs underline">
            Its decision
          </Link>
        )}
      </div>
    </details>
  );
}

type AnswerProps = { name: string; result: ResultView; currencies: string[] };

function Answer({ name, result, currencies }: AnswerProps) {
  const facts = [
    result.confidence === null ? null : `confidence ${result.confidence.toFixed(2)}`,
    result.cost_micros ? `cost ${costOf(result.cost_micros, currencies, 6)}` : null,
    result.latency_ms === null ? null : `${Math.round(result.latency_ms)} ms`,
  ].filter((fact) => fact !== null);
  return (
    <div className="min-w-0 rounded-control border p-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{name}</span>
        <Badge tone={toneOf(result)}>{shortWords(result)}</Badge>
        <span className="text-xs text-muted-foreground tabular-nums">{facts.join(", ")}</span>
      </p>
      {result.error === null ? null : <UntrustedInline text={result.error} className="text-xs" />}
      {result.output === null ? null : <Part title="Answer" value={result.output} />}
      {result.scores.length > 0 ? (
        <ul aria-label={`Scores of ${name}`} className="mt-2 flex flex-col gap-1 border-t pt-2">
          {result.scores.map((score) => (
            <li key={`${score.evaluator_id} ${score.quality}`}>
              <Score score={score} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Score({ score: { evaluator, counts, quality, ...told } }: { score: AnswerScore }) {
  const { status, passed, score, rationale, error } = told;
  const tone = status !== "done" || passed === null ? "idle" : passed ? "approved" : "declined";
  const words = passed === null ? "says nothing" : passed ? "passes" : "fails";
  const text = rationale ?? error;
  return (
    <p className="text-xs">
      <span className="font-semibold">{evaluator}</span>, {quality}:{" "}
      <Badge tone={tone}>{status === "done" ? words : resultWords[status].toLowerCase()}</Badge>{" "}
      {score === null ? null : <span className="tabular-nums">{score.toFixed(2)} </span>}
      {counts ? null : <span className="text-muted-foreground">(does not count) </span>}
      {text === null ? null : <UntrustedInline text={text} />}
    </p>
  );
}

const wouldWords = { positive: "acts", negative: "does not act" } as const;

function shortWords({ status, predicted }: ResultView): string {
  return status === "done" && predicted !== null ? wouldWords[predicted] : resultWords[status].toLowerCase();
}

function toneOf({ status, correct }: ResultView): "approved" | "declined" | "review" | "idle" {
  if (status === "failed" || status === "interrupted") return "review";
  if (correct === null) return "idle";
  return correct ? "approved" : "declined";
}
