"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { FigureTable } from "@/components/ui/figure-table";
import { formatMoney } from "@/components/ui/money-text";
import { Select } from "@/components/ui/select";
import { confusionOf, type Shown } from "@/lib/evaluations/client";
import { confusionViews, type ConfusionView } from "@/lib/evaluations/confusion-views";
import type { Confusion } from "@/lib/evaluations/schema";
import { counted } from "@/lib/kernel/counted";
import type { Cell } from "./cell-text";
import { rowsHref } from "./figure-words";
import { since } from "./since";
import { Answered } from "./tile";
import { TileFrame } from "./tile-frame";

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

const question = "Where is it wrong?";
const definition =
  "Counts of decisions whose truth is known by answer and truth, and the rates of each row and column. TP, FP, FN and TN are of the action: a false positive acted, or would have, where that was wrong.";

/** Wrong yes and wrong no, as three parties would have it, with counts, weights and rates. */
export function ConfusionTile({ shown }: { shown: Shown }) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(confusionViews).withDefault("model"));
  const query = useQuery(confusionOf(shown, since, view));
  return (
    <Answered query={query} skeleton="h-96">
      {(data) => (
        <TileFrame
          id="confusion"
          question={question}
          definition={definition}
          population={data.population}
          weighting={`counts first; ${data.weighting}. Labels: ${counted(data.labels.outcome, "outcome")}, ${counted(data.labels.audit, "audit")}, ${counted(data.labels.review, "review")}`}
          notNarrowedBy={[]}
          computedAt={new Date(query.dataUpdatedAt).toISOString()}
          rowsHref={rowsHref(data.rates.ppv)}
          table={tableOf(data)}
          answer={<Answer data={data} view={view} onView={(next) => void setView(next)} />}
        >
          <Matrix data={data} />
          <CostTable data={data} />
        </TileFrame>
      )}
    </Answered>
  );
}

type AnswerProps = { data: Confusion; view: ConfusionView; onView: (view: ConfusionView) => void };

function Answer({ data: { cells, labels }, view, onView }: AnswerProps) {
  const known = labels.outcome + labels.audit + labels.review;
  return (
    <>
      <Select
        aria-label="Whose answer"
        className="w-auto"
        value={view}
        onChange={(event) => onView(event.target.value as ConfusionView)}
      >
        {confusionViews.map((each) => (
          <option key={each} value={each}>
            {viewWords[each]}
          </option>
        ))}
      </Select>
      <p className="text-sm">
        {known === 0
          ? "No decision in this range has a known truth yet."
          : `${cells.fp.count.toLocaleString("en")} wrong yes and ${cells.fn.count.toLocaleString("en")} wrong no among ${known.toLocaleString("en")} with a known truth.`}
      </p>
    </>
  );
}

function tableOf({ cells, rates }: Confusion) {
  const counts = Object.entries(cells).map(([name, { count, weight }]): Cell[] => [
    name.toUpperCase(),
    weight,
    null,
    null,
    count,
  ]);
  const shares = Object.entries(rates).map(([name, { population, value, lower, upper, n }]): Cell[] => [
    `${name.toUpperCase()}: ${population}`,
    value,
    lower,
    upper,
    n,
  ]);
  return {
    columns: ["Cell or rate", "Weight or value", "Lower", "Upper", "n"],
    rows: [...counts, ...shares],
  };
}

function Matrix({ data }: { data: Confusion }) {
  const { cells } = data;
  const [yes, no] = yesWords[data.view];
  return (
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
          <MatrixCell name="True positive" cell={cells.tp} of={cells.fp} tone="good" />
          <MatrixCell name="False positive: wrong yes" cell={cells.fp} of={cells.tp} tone="bad" />
        </tr>
        <tr>
          <th scope="row" className="p-2 text-start text-xs font-normal text-muted-foreground">
            {no}
          </th>
          <MatrixCell name="False negative: wrong no" cell={cells.fn} of={cells.tn} tone="bad" />
          <MatrixCell name="True negative" cell={cells.tn} of={cells.fn} tone="good" />
        </tr>
      </tbody>
    </table>
  );
}

function CostTable({ data }: { data: Confusion }) {
  return (
    <>
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

type Weighed = { count: number; weight: number };
/** `of`: the other cell of the row, for the share of the row. */
type CellProps = { name: string; cell: Weighed; of: Weighed; tone: "good" | "bad" };

function MatrixCell({ name, cell, of, tone }: CellProps) {
  const colour =
    tone === "good" ? "bg-approved-soft text-approved-text" : "bg-declined-soft text-declined-text";
  const row = cell.count + of.count;
  const weighed = cell.weight.toLocaleString("en", { maximumFractionDigits: 1 });
  const facts = [
    ...(row === 0 ? [] : [`${((cell.count / row) * 100).toFixed(1)} % of the row`]),
    ...(weighed === cell.count.toLocaleString("en") ? [] : [`weighted ${weighed}`]),
  ];
  return (
    <td className="p-1" aria-label={`${name}: ${cell.count}`}>
      <div className={`flex flex-col items-center rounded-control px-2 py-3 text-center ${colour}`}>
        <span className="text-xl font-semibold tabular-nums">{cell.count.toLocaleString("en")}</span>
        <span className="text-xs">{name}</span>
        <span className="text-xs tabular-nums">{facts.join(" · ")}</span>
      </div>
    </td>
  );
}
