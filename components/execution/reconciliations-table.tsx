"use client";

import { BookOpenCheck } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { comparedTime } from "@/lib/execution/compared-time";
import type { ReconciliationView } from "@/lib/execution/reconciliation";

const states: Record<ReconciliationView["status"], { word: string; tone: Tone }> = {
  running: { word: "Running", tone: "accent" },
  done: { word: "Done", tone: "approved" },
  failed: { word: "Failed", tone: "declined" },
};

/** The state of a comparison, in a word. */
export function ReconciliationBadge({ status }: Pick<ReconciliationView, "status">) {
  return (
    <Badge tone={states[status].tone} look="outline">
      {states[status].word}
    </Badge>
  );
}

/** How many differences a comparison found. */
function differencesOf({ findings }: Pick<ReconciliationView, "findings">): number {
  return Object.values(findings.counts).reduce((sum, count) => sum + count, 0);
}

const columns: Column<ReconciliationView>[] = [
  {
    id: "system",
    header: "System",
    role: "primary",
    cell: (row) => (
      <span className="flex flex-col">
        {row.connector.name}
        <Time at={row.created_at} className="text-xs font-normal text-muted-foreground md:hidden" />
      </span>
    ),
  },
  { id: "status", header: "State", cell: (row) => <ReconciliationBadge status={row.status} /> },
  {
    id: "time",
    header: "Compared time",
    className: "max-md:hidden",
    cell: (row) => <span className="text-xs text-muted-foreground">{comparedTime(row)}</span>,
  },
  { id: "ours", header: "Ours", align: "end", className: "max-md:hidden", cell: (row) => row.findings.ours },
  {
    id: "theirs",
    header: "Theirs",
    align: "end",
    className: "max-md:hidden",
    cell: (row) => row.findings.theirs,
  },
  { id: "matched", header: "Alike", align: "end", className: "max-lg:hidden", cell: (row) => row.matched },
  { id: "differences", header: "Differences", align: "end", cell: differencesOf },
  {
    id: "at",
    header: "Asked",
    align: "end",
    className: "max-md:hidden",
    cell: (row) => <Time at={row.created_at} />,
  },
];

/** Comparisons of our record with systems' ledgers, newest first. */
export function ReconciliationsTable({ rows, nextHref }: { rows: ReconciliationView[]; nextHref?: string }) {
  return (
    <DataTable
      caption="Comparisons with systems' ledgers"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/reconcile/ledgers/${row.id}`}
      nextHref={nextHref}
      empty={
        <EmptyState title="Nothing was compared yet" icon={BookOpenCheck}>
          Every night our record of each system that has a ledger is compared with it, both ways.
        </EmptyState>
      }
    />
  );
}
