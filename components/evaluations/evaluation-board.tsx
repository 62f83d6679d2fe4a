"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { LinkTabs } from "@/components/ui/tabs";
import { tileOf, type Shown } from "@/lib/evaluations/client";
import { boards, largeTabs, type Tab, tabs, tabWords } from "@/lib/evaluations/tile-catalogue";
import { BoardTile, Warnings } from "./board-tile";
import { CompareTile } from "./compare-tile";
import { ConfusionTile } from "./confusion-tile";
import { type EvaluationFacets, FilterBar, useShown } from "./filter-bar";
import { MetricTile } from "./metric-tile";
import { since } from "./since";

/** The dashboards: one filter for all, a tab for each question, each tile with its own states. */
export function EvaluationBoard({ facets, tab }: { facets: EvaluationFacets; tab: Tab }) {
  const [shown] = useShown();
  const search = useSearchParams();
  const hrefOf = (to: Tab) => {
    const query = new URLSearchParams(search);
    if (to === "overview") query.delete("tab");
    else query.set("tab", to);
    const text = query.toString();
    return text === "" ? "/evaluation" : `/evaluation?${text}`;
  };
  return (
    <>
      <LinkTabs
        label="Dashboards"
        tabs={tabs.map((to) => ({ href: hrefOf(to), label: tabWords[to], current: to === tab }))}
      />
      <FilterBar facets={facets} />
      {pooled.includes(tab) ? <Disparities shown={shown} /> : null}
      {tab === "compare" ? <CompareTile shown={shown} facets={facets} /> : <Tiles shown={shown} tab={tab} />}
    </>
  );
}

// The last of an odd number takes the row; one with nothing to show is no taller than what it says.
const pairs =
  "grid items-stretch gap-3 xl:grid-cols-2 xl:[&>*:last-child:nth-child(odd)]:col-span-2 xl:*:data-empty:self-start";

function Tiles({ shown, tab }: { shown: Shown; tab: Tab }) {
  const { metrics, tiles } = boards[tab];
  const line = largeTabs.includes(tab);
  return (
    <>
      <div
        className={
          line
            ? pairs
            : metrics.length % 3 === 0
              ? "grid gap-3 sm:grid-cols-2 xl:grid-cols-3"
              : "grid gap-3 sm:grid-cols-2 xl:grid-cols-4"
        }
      >
        {metrics.map((metric) => (
          <MetricTile key={metric} metric={metric} shown={shown} picture={line ? "line" : "spark"} />
        ))}
      </div>
      <div className={pairs}>
        {tab === "errors" ? <ConfusionTile shown={shown} /> : null}
        {tiles.map((tile) => (
          <BoardTile key={tile} tile={tile} shown={shown} />
        ))}
      </div>
    </>
  );
}

/** Tabs whose figures pool all groups of people into one. */
const pooled: readonly Tab[] = ["overview", "calibration", "errors", "compare"];

/** Groups that fare worse, said before any pooled figure. */
function Disparities({ shown }: { shown: Shown }) {
  const { data } = useQuery(tileOf(shown, since, "disparity"));
  return data ? <Warnings warnings={data.warnings} /> : null;
}
