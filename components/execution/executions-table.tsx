"use client";

import { CircleCheckBig } from "lucide-react";
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
  {
    id: "action",
    header: "Action",
    role: "primary",
    cell: (row) => <UntrustedInline text={row.summary} />,
  },
  {
    id: "status",
    header: "Execution",
    cell: (row) => (
      <span className="flex flex-col items-start gap-0.5">
        <StatusBadge kind="execution" status={row.status} />
        {row.needs_person ? <span className="text-xs text-escalated-text">Needs a person</span> : null}
      </span>
    ),
  },
  {
    id: "error",
    header: "Last word",
    className: "max-lg:hidden max-w-72",
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
    className: "max-md:hidden",
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
  {
    id: "reference",
    header: "Reference",
    className: "max-lg:hidden",
    cell: (row) =>
      row.reference ? <UntrustedInline text={row.reference} className="font-mono text-xs" /> : null,
  },
  { id: "age", header: "Age", align: "end", cell: (row) => <Time at={row.created_at} /> },
];

type Props = { executions: ExecutionView[]; filter: "attention" | "all" | "status"; nextHref?: string };

/** Executions, newest first. */
export function ExecutionsTable({ executions, filter, nextHref }: Props) {
  return (
    <DataTable
      caption="Executions"
      columns={columns}
      rows={executions}
      rowKey={(row) => row.id}
      rowHref={(row) => `/executions/${row.id}`}
      nextHref={nextHref}
      empty={<NoExecutions filter={filter} />}
    />
  );
}

function NoExecutions({ filter }: Pick<Props, "filter">) {
  if (filter === "attention") {
    return (
      <EmptyState title="Nothing needs you" icon={CircleCheckBig}>
        Every act we asked for was answered. What stays unanswered appears here.
      </EmptyState>
    );
  }
  if (filter === "status") {
    return (
      <EmptyState title="None in this state">Executions that come to this state appear here.</EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was carried out yet">
      An approved decision whose type has an action appears here as soon as it is approved.
    </EmptyState>
  );
}
