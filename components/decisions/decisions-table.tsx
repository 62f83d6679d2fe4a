"use client";

import type { ReactNode } from "react";
import { ColumnChooser, useShownColumns } from "@/components/ui/column-chooser";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-row";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { DecisionRow } from "@/lib/decisions/list";
import { formatConfidence } from "@/lib/kernel/confidence";
import { Standing } from "./standing";

const columns: Column<DecisionRow>[] = [
  {
    id: "time",
    header: "Submitted",
    className: "w-28 max-md:hidden",
    cell: (row) => <Time at={row.created_at} className="text-muted-foreground" />,
  },
  { id: "proposal", header: "Decision", role: "primary", cell: (row) => <Proposal row={row} /> },
  {
    id: "app",
    header: "App · type",
    className: "max-lg:hidden",
    cell: (row) => (
      <span className="flex flex-col">
        <span className="truncate">{row.app.name}</span>
        <span className="truncate text-xs text-muted-foreground">{row.type.name}</span>
      </span>
    ),
  },
  {
    id: "confidence",
    header: "Confidence",
    align: "end",
    className: "w-24 max-md:hidden",
    cell: (row) => <Confidence confidence={row.confidence} />,
  },
  {
    id: "amount",
    header: "Amount",
    align: "end",
    className: "w-28 max-lg:hidden",
    cell: (row) =>
      row.amount ? <Money {...row.amount} /> : <span className="text-subtle-foreground">–</span>,
  },
  {
    id: "route",
    header: "Route",
    className: "w-28 max-md:hidden",
    cell: (row) => <StatusBadge kind="route" status={row.route} />,
  },
  { id: "status", header: "Status", className: "w-56 max-md:hidden", cell: (row) => <Statuses row={row} /> },
];

const list = "decisions";

/** Which columns of the list are shown. */
export function DecisionColumns() {
  return <ColumnChooser list={list} columns={columns} />;
}

/** Decisions, newest first; a phone sees what was proposed and what became of it. */
export function DecisionsTable({ rows, empty }: { rows: DecisionRow[]; empty: ReactNode }) {
  return (
    <DataTable
      caption="Decisions, newest first"
      columns={useShownColumns(list, columns)}
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => `/decisions/${row.id}`}
      empty={empty}
    />
  );
}

function Proposal({ row }: { row: DecisionRow }) {
  return (
    <span className="flex min-w-0 flex-col py-0.5">
      <span className="line-clamp-2 font-semibold text-foreground">
        {row.predicted === "negative" ? <span className="text-muted-foreground">Do not: </span> : null}
        <UntrustedInline text={row.summary} />
      </span>
      <span className="line-clamp-1 text-xs font-normal text-muted-foreground">
        <span className="lg:hidden">{row.app.name}</span>
        <span className="md:hidden">
          {" · "}
          <Time at={row.created_at} />
        </span>
        {row.subject ? (
          <>
            <span className="lg:hidden"> · </span>
            <UntrustedInline text={`${row.subject.type} ${row.subject.id}`} />
          </>
        ) : null}
      </span>
      <span className="mt-1 flex flex-wrap gap-1 md:hidden">
        <Standing {...row} />
      </span>
    </span>
  );
}

function Confidence({ confidence }: { confidence: number | null }) {
  if (confidence === null) return <span className="text-subtle-foreground">none given</span>;
  return <span className="tabular-nums">{formatConfidence(confidence)}</span>;
}

function Statuses({ row }: { row: DecisionRow }) {
  return (
    <span className="flex flex-wrap items-center gap-1 xl:flex-nowrap">
      <StatusBadge kind="decision" status={row.status} />
      {row.execution ? <StatusBadge kind="execution" status={row.execution} /> : null}
    </span>
  );
}
