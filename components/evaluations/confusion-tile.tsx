"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { FigureTable } from "@/components/ui/figure-table";
import { formatMoney } from "@/components/ui/money-text";
import { Select } from "@/components/ui/select";
import { confusionOf, type Shown } from "@/lib/evaluations/client";
import { confusionViews, type ConfusionView } from "@/lib/evaluations/confusion-views";
import type { Confusion } from "@/lib/evaluations/schema";
import { intervalText, valueText } from "./figure-words";
import { since } from "./since";
import { Answered } from "./tile";

const viewWords: Record<ConfusionView, string> = {
  model: "Model: proposed × truth",
  router: "Router: would act alone × truth",
  final: "Final: done × truth",
};
const yesWords: Record<ConfusionView, [yes: string, no: string]> = {
  model: ["Proposed to act", "Proposed not to"],
  router: ["Would act alone", "Would not"],
  final: ["Done", "Not done"],
};

/** Wrong yes and wrong no, as three parties would have it, with counts, weights and rates. */
export function ConfusionTile({ shown }: { shown: Shown }) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(confusionViews).withDefault("model"));
  const query = useQuery(confusionOf(shown, since, view));
  return (
    <section
      aria-labelledby="confusion"
      aria-busy={query.isFetching}
      className="flex min-w-0 flex-col gap-3 rounded-card border bg-card p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="confusion" className="text-sm font-semibold text-muted-foreground">
          Where is it wrong?
        </h2>
        <Select
          aria-label="Whose answer"
          className="w-auto"
          value={view}
          onChange={(event) => void setView(event.target.value as ConfusionView)}
        >
          {confusionViews.map((each) => (
            <option key={each} value={each}>
              {viewWords[each]}
            </option>
          ))}
        </Select>
      </div>
      <Answered query={query} skeleton="h-56">
        {(data) => <Matrix data={data} />}
      </Answered>
    </section>
  );
}

function Matrix({ data }: { data: Confusion }) {
  const { cells, labels, rates } = data;
  const known = labels.outcome + labels.audit + labels.review;
  const [yes, no] = yesWords[data.view];
  return (
    <>
      <p className="text-sm">
        {known === 0
          ? "No decision in this range has a known truth yet."
          : `${cells.fp.count.toLocaleString("en")} wrong yes and ${cells.fn.count.toLocaleString("en")} wrong no among ${known.toLocaleString("en")} with a known truth.`}
      </p>
      <table className="w-full table-fixed text-sm">
        <caption className="sr-only">Confusion matrix, counts and weighted counts</caption>
        <thead>
          <tr className="text-xs text-muted-foreground">
            <th scope="col" className="p-2 text-start font-normal">
              Answer
            </th>
            <th scope="col" className="p-2 text-center font-normal">
              Acting was right
            </th>
            <th scope="col" className="p-2 text-center font-normal">
              Acting was wrong
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className="p-2 text-start text-xs font-normal text-muted-foreground">
              {yes}
            </th>
            <Cell name="True positive" cell={cells.tp} tone="good" />
            <Cell name="False positive: wrong yes" cell={cells.fp} tone="bad" />
          </tr>
          <tr>
            <th scope="row" className="p-2 text-start text-xs font-normal text-muted-foreground">
              {no}
            </th>
            <Cell name="False negative: wrong no" cell={cells.fn} tone="bad" />
            <Cell name="True negative" cell={cells.tn} tone="good" />
          </tr>
        </tbody>
      </table>
      <p className="text-xs text-subtle-foreground">
        {data.population}. Counts first; {data.weighting}. Labels: {labels.outcome} outcomes, {labels.audit}{" "}
        audits, {labels.review} reviews.
      </p>
      <h3 className="text-xs font-semibold text-muted-foreground">Rates, with intervals</h3>
      <FigureTable
        caption="Rates"
        columns={["Rate", "Value", "95 % interval", "n"]}
        rows={Object.entries(rates).map(([name, figure]) => [
          `${name.toUpperCase()}: ${figure.population}`,
          valueText(figure),
          intervalText(figure)?.replace("95 % interval ", "") ?? "–",
          figure.n,
        ])}
      />
      <h3 className="text-xs font-semibold text-muted-foreground">By decision type, with what it costs</h3>
      <FigureTable
        caption="By decision type"
        columns={["Decision type", "TP", "FP", "FN", "TN", "Wrong yes costs", "Wrong no costs", "Cost"]}
        rows={data.by_type.map(({ name, cells: of, currency, cost_wrong_yes, cost_wrong_no, cost }) => [
          name,
          of.tp.count,
          of.fp.count,
          of.fn.count,
          of.tn.count,
          formatMoney(cost_wrong_yes, currency),
          formatMoney(cost_wrong_no, currency),
          formatMoney(cost, currency),
        ])}
      />
    </>
  );
}

type CellProps = { name: string; cell: { count: number; weight: number }; tone: "good" | "bad" };

function Cell({ name, cell, tone }: CellProps) {
  const colour =
    tone === "good" ? "bg-approved-soft text-approved-text" : "bg-declined-soft text-declined-text";
  return (
    <td className="p-1" aria-label={`${name}: ${cell.count}`}>
      <div className={`flex flex-col items-center rounded-control px-2 py-3 text-center ${colour}`}>
        <span className="text-xl font-semibold tabular-nums">{cell.count.toLocaleString("en")}</span>
        <span className="text-xs">{name}</span>
        <span className="text-xs tabular-nums">
          weighted {cell.weight.toLocaleString("en", { maximumFractionDigits: 1 })}
        </span>
      </div>
    </td>
  );
}
