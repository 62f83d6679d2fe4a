import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { EvaluationBoard } from "@/components/evaluations/evaluation-board";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { courseOf, filterOf, metricOf, ranges, type Shown } from "@/lib/evaluations/client";
import { getMetric } from "@/lib/evaluations/server/get-metric";
import { listSegmentValues, listVersions } from "@/lib/evaluations/server/list-versions";
import { boards, largeTabs, tabs } from "@/lib/evaluations/tile-catalogue";
import { userContext } from "@/lib/identity/server/user-context";
import { listFacets } from "@/lib/reviews/server/list-facets";

export const metadata: Metadata = { title: "Evaluation" };

type Search = Promise<Record<string, string | string[] | undefined>>;

/** So many figures stand in the page as it comes; the rest is asked for by the browser. */
const readFirst = 4;

export default async function EvaluationPage({ searchParams }: { searchParams: Search }) {
  const [ctx, search] = [await userContext(), await searchParams];
  const shown = shownOf(search);
  const tab = tabs.find((one) => one === search.tab) ?? "overview";
  const client = new QueryClient();
  const since = (hours: number) => new Date(ctx.now.getTime() - hours * 3_600_000).toISOString();
  const course = courseOf(shown, largeTabs.includes(tab) ? "line" : "spark");
  const [facets, versions, segments] = await Promise.all([
    listFacets(ctx),
    listVersions(ctx),
    shown.type === "" ? [] : listSegmentValues(ctx, shown.type),
    ...boards[tab].metrics.slice(0, readFirst).map((metric) =>
      client.prefetchQuery({
        ...metricOf(shown, since, metric, course),
        queryFn: () => getMetric(ctx, { ...filterOf(shown, since), ...course, metric }),
      }),
    ),
  ]);
  return (
    <Page>
      <PageHeader
        title="Evaluation"
        description="What automation does, how often it is wrong, and how sure one can be of that."
      />
      <HydrationBoundary state={dehydrate(client)}>
        <EvaluationBoard
          facets={{ apps: facets.apps, types: facets.types, segments, ...versions }}
          tab={tab}
        />
      </HydrationBoundary>
    </Page>
  );
}

function shownOf(search: Awaited<Search>): Shown {
  const text = (key: string) => {
    const value = search[key];
    return typeof value === "string" ? value : "";
  };
  const segment = text("segment");
  return {
    app: text("app"),
    type: text("type"),
    prompt: text("prompt"),
    model: text("model"),
    segment: /^[a-z][a-z0-9_]*:/.test(segment) ? segment : "",
    labelled: search.labelled === "true",
    previous: search.previous === "true",
    range: ranges.find((range) => range === search.range) ?? "24h",
  };
}
