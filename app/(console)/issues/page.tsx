import type { Metadata } from "next";
import { DiscrepanciesFilters } from "@/components/discrepancies/discrepancies-filters";
import { IssuesTable } from "@/components/discrepancies/issues-table";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LinkTabs } from "@/components/ui/tabs";
import { listApps } from "@/lib/apps/server/list-apps";
import { IssueQuery } from "@/lib/discrepancies/schema";
import { listIssues } from "@/lib/discrepancies/server/read-issues";
import { issueStatuses } from "@/lib/discrepancies/vocabulary";
import { userContext } from "@/lib/identity/server/user-context";

export const metadata: Metadata = { title: "Issues" };

type Search = Promise<Record<string, string | string[] | undefined>>;
const words = { open: "Open", closed: "Closed" };

export default async function IssuesPage({ searchParams }: { searchParams: Search }) {
  const [ctx, search] = [await userContext(), await searchParams];
  const text = (key: string) => (typeof search[key] === "string" ? search[key] : undefined);
  const status = issueStatuses.find((each) => each === search.status) ?? "open";
  const app = text("app");
  const cause = IssueQuery.shape.cause.safeParse(text("cause")).data;
  const [list, apps] = await Promise.all([
    listIssues(ctx, { status, app, cause, limit: 50, starting_after: text("after") }),
    listApps(ctx, { limit: 100, archived: false }),
  ]);
  const address = (which: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ status: which, ...more });
    for (const [key, value] of Object.entries({ app, cause })) if (value) query.set(key, value);
    return `/issues?${query.toString()}`;
  };
  return (
    <Page>
      <LiveRefresh events={["issue."]} />
      <PageHeader
        back={{ href: "/discrepancies", label: "Discrepancies" }}
        title="Issues"
        description="What goes wrong again and again in an app. Each ends when its own cases have passed."
      />
      <LinkTabs
        label="Issues by state"
        tabs={issueStatuses.map((each) => ({
          href: address(each),
          label: words[each],
          current: each === status,
        }))}
      />
      <DiscrepanciesFilters apps={apps.data} pairs="without_pairs" />
      <IssuesTable
        key={status}
        issues={list.data}
        nextHref={list.has_more ? address(status, { after: list.data.at(-1)?.id ?? "" }) : undefined}
      />
    </Page>
  );
}
