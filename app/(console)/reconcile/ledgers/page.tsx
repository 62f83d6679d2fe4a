import type { Metadata } from "next";
import { LiveRefresh } from "@/components/execution/live-refresh";
import { ReconcileNow } from "@/components/execution/reconcile-now";
import { ReconciliationsTable } from "@/components/execution/reconciliations-table";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { countDesk } from "@/lib/execution/server/list-desk";
import { listLedgers, listReconciliations } from "@/lib/execution/server/list-reconciliations";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { startReconciliationAction } from "../actions";
import { DeskTabs } from "../desk-tabs";

export const metadata: Metadata = { title: "Ledgers" };

type Search = { after?: string | string[] };

export default async function LedgersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const ctx = await userContext();
  const { after } = await searchParams;
  const [counts, ledgers, list] = [
    await countDesk(ctx),
    await listLedgers(ctx),
    await listReconciliations(ctx, {
      limit: 50,
      starting_after: typeof after === "string" ? after : undefined,
    }),
  ];
  const mayRun = ledgers.length > 0 && roleMay(ctx.actor.role, "reconciliations.run");
  return (
    <Page>
      <LiveRefresh events={["reconciliation."]} />
      <PageHeader
        title="Reconcile"
        description="Our record compared with each system's own ledger, every night and whenever you ask."
      />
      <DeskTabs counts={counts} current="ledgers" />
      {mayRun ? <ReconcileNow ledgers={ledgers} start={startReconciliationAction} /> : null}
      {ledgers.length === 0 ? (
        <p className="text-sm text-muted-foreground">
          No connector says yet how its system&apos;s ledger is read; an admin can add that to one of its
          actions.
        </p>
      ) : null}
      <ReconciliationsTable
        rows={list.data}
        nextHref={list.has_more ? `/reconcile/ledgers?after=${list.data.at(-1)?.id}` : undefined}
      />
    </Page>
  );
}
