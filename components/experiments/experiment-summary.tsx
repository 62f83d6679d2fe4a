import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { formatMoney } from "@/components/ui/money-text";
import type {
  CandidateSummary,
  CandidateView,
  Ends,
  ExperimentView,
  Figures,
  Span,
  Versus,
} from "@/lib/experiments/experiments";
import {
  candidateHref,
  costOf,
  count,
  gateSentence,
  gateTones,
  gateWords,
  isTold,
  kindWords,
  percent,
  signed,
} from "@/lib/experiments/words";
import { CandidateParts } from "./candidate-parts";

type Props = { experiment: ExperimentView; summary: CandidateSummary[] };

/** Candidates side by side: each figure, and beside the baseline's the paired difference with its interval. */
export function ExperimentSummary({ experiment, summary }: Props) {
  const columns = experiment.candidates.flatMap((candidate) => {
    const own = summary.find(({ candidate_id }) => candidate_id === candidate.id);
    return own ? [{ candidate, own }] : [];
  });
  return (
    <>
      <section aria-label="Gate" className="flex flex-col gap-2">
        {columns.map(({ candidate, own }) =>
          own.gate ? (
            <p
              key={candidate.id}
              className="flex flex-wrap items-baseline gap-2 rounded-card border bg-card p-4 text-sm"
            >
              <Badge tone={gateTones[own.gate.verdict]}>{gateWords[own.gate.verdict]}</Badge>
              <span className="font-semibold">{candidate.name}</span>
              <span className="min-w-0 flex-1 basis-60">{gateSentence(own.gate)}</span>
            </p>
          ) : null,
        )}
      </section>
      <section aria-label="Side by side" className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">Side by side</h2>
        <Table caption="Candidates side by side">
          <TableHead>
            <tr>
              <TableHeading>Figure</TableHeading>
              {columns.map(({ candidate }) => (
                <TableHeading key={candidate.id} className="min-w-44">
                  <CandidateName candidate={candidate} appId={experiment.app.id} />
                </TableHeading>
              ))}
            </tr>
          </TableHead>
          <tbody>
            {rows(experiment).map(({ name, figure, versus }) => (
              <TableRow key={name}>
                <TableCell className="font-semibold">{name}</TableCell>
                {columns.map(({ candidate, own }) => (
                  <TableCell key={candidate.id} className="tabular-nums">
                    {figure(own.figures)}
                    {own.versus && versus ? <Beside span={versus(own.versus)} /> : null}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </tbody>
        </Table>
        <p className="text-xs text-muted-foreground">
          Every item counts once. In brackets: the 95 % interval. A difference is the candidate’s less the
          baseline’s on the items that both answered, with its 95 % interval; it is bold where the interval
          leaves out 0. Source of the error’s interval: Tango’s score interval for paired shares (1998).
        </p>
      </section>
      <CandidateParts columns={columns} currencies={experiment.cost_currencies} />
    </>
  );
}

function CandidateName({ candidate, appId }: { candidate: CandidateView; appId: string }) {
  const href = candidateHref(candidate, appId);
  return (
    <span className="flex flex-col py-1 whitespace-normal">
      {href === null ? (
        candidate.name
      ) : (
        <Link href={href} className="underline">
          {candidate.name}
        </Link>
      )}
      <span className="text-2xs font-normal">
        {candidate.baseline ? "Baseline: " : ""}
        {kindWords[candidate.kind].toLowerCase()}
      </span>
    </span>
  );
}

type Told = { low: string; high: string; value: string; isTold: boolean } | null;

function Beside({ span }: { span: Told }) {
  if (span === null) return null;
  return (
    <span className={span.isTold ? "block text-xs font-semibold" : "block text-xs text-muted-foreground"}>
      {span.value} ({span.low} to {span.high})
    </span>
  );
}

function told(span: Span | null, text: (value: number) => string): Told {
  return (
    span && { value: text(span.value), low: text(span.low), high: text(span.high), isTold: isTold(span) }
  );
}

type Row = { name: string; figure: (figures: Figures) => ReactNode; versus?: (versus: Versus) => Told };

const signOf = (value: number) => (value === 0 ? "" : value < 0 ? "−" : "+");
const inPoints = (value: number) => `${signed(value * 100, 2)} pts`;
const orDash = (value: number | null, text: (value: number) => string) =>
  value === null ? "–" : text(value);

/** A score with its interval, which experiments of earlier versions do not have. */
const withEnds = (value: number | null, ends: Ends | null | undefined) =>
  orDash(value, (score) =>
    ends ? `${score.toFixed(4)} (${ends.low.toFixed(4)} to ${ends.high.toFixed(4)})` : score.toFixed(4),
  );

function rows({ currency, cost_currencies: currencies }: ExperimentView): Row[] {
  const money = (value: number) => formatMoney(Math.round(value), currency);
  return [
    {
      name: "Wrong",
      figure: ({ error }) =>
        error === null ? "–" : `${percent(error.value)} (${percent(error.low)} to ${percent(error.high)})`,
      versus: ({ error }) => told(error, inPoints),
    },
    {
      name: "Answered",
      figure: ({ answered, failed, interrupted }) =>
        `${count(answered)}${failed > 0 ? `, ${count(failed)} failed` : ""}${interrupted > 0 ? `, ${count(interrupted)} interrupted` : ""}`,
    },
    { name: "Would act wrongly", figure: ({ wrong_yes }) => count(wrong_yes) },
    { name: "Would wrongly not act", figure: ({ wrong_no }) => count(wrong_no) },
    {
      name: "Mean loss of an answer",
      figure: ({ loss }) => orDash(loss, money),
      versus: ({ loss }) => told(loss, (value) => `${signOf(Math.round(value))}${money(Math.abs(value))}`),
    },
    {
      name: "Brier score",
      figure: ({ brier, brier_interval: ends }) => withEnds(brier, ends),
      versus: ({ brier }) => told(brier, (value) => signed(value, 4)),
    },
    {
      name: "Calibration error (ECE)",
      figure: ({ ece, ece_interval: ends }) => withEnds(ece, ends),
      versus: ({ ece }) => told(ece, (value) => signed(value, 4)),
    },
    {
      name: "Cost of an answer",
      figure: ({ cost_micros }) => orDash(cost_micros, (value) => costOf(value, currencies, 6)),
      versus: ({ cost_micros }) =>
        told(cost_micros, (value) => `${signOf(value)}${costOf(Math.abs(value), currencies, 6)}`),
    },
    {
      name: "Time to an answer",
      figure: ({ latency_ms }) => orDash(latency_ms, (value) => `${count(Math.round(value))} ms`),
      versus: ({ latency_ms }) => told(latency_ms, (value) => `${signed(value, 0)} ms`),
    },
    {
      name: "Arguments as they should be",
      figure: ({ arguments_right: right }) => (right === null ? "–" : percent(right.value)),
    },
    { name: "Sends to a person", figure: ({ asks_person }) => orDash(asks_person, percent) },
    {
      name: "Cost in all",
      figure: ({ cost_micros, answered }) =>
        orDash(cost_micros, (value) => costOf(value * answered, currencies)),
    },
  ];
}
