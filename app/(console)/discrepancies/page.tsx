import type { Metadata } from "next";
import { DiscrepanciesFilters } from "@/components/discrepancies/discrepancies-filters";
import { DiscrepanciesTable } from "@/components/discrepancies/discrepancies-table";
import { statusWords } from "@/components/discrepancies/status";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { listApps } from "@/lib/apps/server/list-apps";
import { DiscrepancyQuery, type DiscrepancyTab } from "@/lib/discrepancies/schema";
import { countDiscrepancies } from "@/lib/discrepancies/server/count-discrepancies";
import { listDiscrepancies } from "@/lib/discrepancies/server/list-discrepancies";
import { listIssues } from "@/lib/discrepancies/server/read-issues";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { attachAction, createIssueAction } from "./actions";

export const metadata: Metadata = { title: "Discrepancies" };

type Search = Promise<Record<string, string | string[] | undefined>>;
const shownTabs = ["waiting", "confirmed", "dismissed"] as const satisfies readonly DiscrepancyTab[];
const tabWords = {
  waiting: "To look at",
  confirmed: statusWords.confirmed,
  dismissed: statusWords.dismissed,
};
const empty = {
  waiting: {
    title: "Nobody disagrees",
    sentence: "A record opens by itself when a model, a person or an outcome contradicts another.",
  },
  confirmed: { title: "Nothing confirmed", sentence: "Causes that people confirmed appear here." },
  dismissed: { title: "Nothing dismissed", sentence: "What turned out to be nothing appears here." },
};

export default async function DiscrepanciesPage({ searchParams }: { searchParams: Search }) {
  const [ctx, search] = [await userContext(), await searchParams];
  const text = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const tab = shownTabs.find((each) => each === search.status) ?? "waiting";
  const { app, cause, pair } = {
    app: text("app"),
    cause: DiscrepancyQuery.shape.cause.safeParse(text("cause")).data,
    pair: DiscrepancyQuery.shape.pair.safeParse(text("pair")).data,
  };
  const mayAttach = tab === "confirmed" && roleMay(ctx.actor.role, "issues.write");
  const [list, counts, apps, issues] = await Promise.all([
    listDiscrepancies(ctx, { status: tab, app, cause, pair, limit: 50, starting_after: text("after") }),
    countDiscrepancies(ctx, { app, cause, pair }),
    listApps(ctx, { limit: 100, archived: false }),
    mayAttach ? listIssues(ctx, { app, cause, limit: 100 }) : undefined,
  ]);
  const address = (status: DiscrepancyTab, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ status, ...more });
    for (const [key, value] of Object.entries({ app, cause, pair })) if (value) query.set(key, value);
    return `/discrepancies?${query.toString()}`;
  };
  const count = { ...counts, waiting: counts.open + counts.proposed };
  return (
    <Page>
      <LiveRefresh events={["discrepancy."]} />
      <PageHeader
        title="Discrepancies"
        description="Decisions that the model, people or outcomes say different things about. Somebody says why."
        actions={
          <>
            <ButtonLink href="/discrepancies/auditor">LLM auditor</ButtonLink>
            <ButtonLink href="/issues">Issues</ButtonLink>
          </>
        }
      />
      <LinkTabs
        label="Discrepancies by state"
        tabs={shownTabs.map((each) => ({
          href: address(each),
          label: tabWords[each],
          count: count[each],
          current: each === tab,
        }))}
      />
      <DiscrepanciesFilters apps={apps.data} pairs="with_pairs" />
      <DiscrepanciesTable
        key={tab}
        discrepancies={list.data}
        empty={empty[tab]}
        nextHref={list.has_more ? address(tab, { after: list.data.at(-1)?.id ?? "" }) : undefined}
        attach={
          issues
            ? { issues: issues.data, actions: { attach: attachAction, create: createIssueAction } }
            : undefined
        }
      />
    </Page>
  );
}
