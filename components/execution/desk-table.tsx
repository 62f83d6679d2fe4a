"use client";

import { Scale } from "lucide-react";
import { ClassBadge } from "@/components/execution/class-badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ExecutionView } from "@/lib/execution/schema";
import { errorSentence } from "@/lib/execution/words";

const columns: Column<ExecutionView>[] = [
  { id: "action", header: "Action", role: "primary", cell: (row) => <UntrustedInline text={row.summary} /> },
  { id: "status", header: "Execution", cell: (row) => <StatusBadge kind="execution" status={row.status} /> },
  {
    id: "error",
    header: "What is open",
    className: "max-md:hidden max-w-96",
    cell: (row) =>
      row.error ? (
        <span className="line-clamp-2 text-xs text-muted-foreground">
          <UntrustedInline text={errorSentence(row.error)} />
        </span>
      ) : null,
  },
  {
    id: "connector",
    header: "System",
    className: "max-lg:hidden",
    cell: (row) =>
      row.connector ? (
        <span className="flex flex-col items-start gap-0.5">
          <span>{row.connector.name}</span>
          <ClassBadge connectorClass={row.connector.class} />
        </span>
      ) : null,
  },
  {
    id: "attempts",
    header: "Attempts",
    align: "end",
    className: "max-md:hidden",
    cell: (row) => row.attempts,
  },
  { id: "age", header: "Waiting since", align: "end", cell: (row) => <Time at={row.created_at} /> },
];

/** What waits on the reconcile desk, oldest first. */
export function DeskTable({ executions, nextHref }: { executions: ExecutionView[]; nextHref?: string }) {
  return (
    <DataTable
      caption="Executions to reconcile, oldest first"
      columns={columns}
      rows={executions}
      rowKey={(row) => row.id}
      rowHref={(row) => `/executions/${row.id}?from=reconcile`}
      nextHref={nextHref}
      empty={
        <EmptyState title="Nothing to reconcile" icon={Scale}>
          What became of every act here is known. What only a person can find out appears here.
        </EmptyState>
      }
    />
  );
}
