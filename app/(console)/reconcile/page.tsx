import type { Metadata } from "next";
import { DeskTable } from "@/components/execution/desk-table";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { deskTabs, type DeskCounts, type DeskTab } from "@/lib/execution/desk";
import { countDesk, listDesk } from "@/lib/execution/server/list-desk";
import { userContext } from "@/lib/identity/server/user-context";
import { DeskTabs } from "./desk-tabs";

export const metadata: Metadata = { title: "Reconcile" };

type Search = { tab?: string | string[]; after?: string | string[] };

export default async function ReconcilePage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await userContext();
  const { tab: asked, after } = await searchParams;
  const counts = await countDesk(ctx);
  const tab = deskTabs.find((name) => name === asked) ?? firstWaiting(counts);
  const list = await listDesk(ctx, {
    tab,
    limit: 50,
    starting_after: typeof after === "string" ? after : undefined,
  });
  return (
    <Page>
      <LiveRefresh events={["execution.", "decision.execution_updated"]} />
      <PageHeader title="Reconcile" description="Acts whose outcome only a person can find out." />
      <DeskTabs counts={counts} current={tab} />
      <DeskTable
        executions={list.data}
        nextHref={list.has_more ? `/reconcile?tab=${tab}&after=${list.data.at(-1)?.id}` : undefined}
      />
    </Page>
  );
}

/** The first tab under which something waits. */
function firstWaiting(counts: DeskCounts): DeskTab {
  return deskTabs.find((tab) => counts[tab] > 0) ?? "unanswered";
}
