import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { EvaluationBoard } from "@/components/evaluations/evaluation-board";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { filterOf, overviewOf, ranges, type Shown } from "@/lib/evaluations/client";
import { listPromptVersions } from "@/lib/evaluations/server/list-prompt-versions";
import { overview } from "@/lib/evaluations/server/overview";
import { userContext } from "@/lib/identity/server/user-context";
import { listFacets } from "@/lib/reviews/server/list-facets";

export const metadata: Metadata = { title: "Evaluation" };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function EvaluationPage({ searchParams }: { searchParams: Search }) {
  const [ctx, shown] = [await userContext(), shownOf(await searchParams)];
  const client = new QueryClient();
  const since = (hours: number) => new Date(ctx.now.getTime() - hours * 3_600_000).toISOString();
  const [facets, prompts] = await Promise.all([
    listFacets(ctx),
    listPromptVersions(ctx),
    client.prefetchQuery({
      ...overviewOf(shown, since),
      queryFn: () => overview(ctx, filterOf(shown, since)),
    }),
  ]);
  return (
    <Page>
      <PageHeader
        title="Evaluation"
        description="What automation does, how often it is wrong, and how sure one can be of that."
      />
      <HydrationBoundary state={dehydrate(client)}>
        <EvaluationBoard facets={{ apps: facets.apps, types: facets.types, prompts }} />
      </HydrationBoundary>
    </Page>
  );
}

function shownOf(search: Awaited<Search>): Shown {
  const text = (key: string) => {
    const value = search[key];
    return typeof value === "string" ? value : "";
  };
  return {
    app: text("app"),
    type: text("type"),
    prompt: text("prompt"),
    range: ranges.find((range) => range === search.range) ?? "24h",
  };
}
