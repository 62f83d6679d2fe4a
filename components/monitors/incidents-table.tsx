"use client";

import { ShieldCheck } from "lucide-react";
import { IncidentStatusBadge, MonitorStateBadge } from "@/components/monitors/state-badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { IncidentView } from "@/lib/monitors/incidents";

const columns: Column<IncidentView>[] = [
  {
    id: "title",
    header: "Incident",
    role: "primary",
    cell: ({ title, app, type }) => (
      <span className="flex flex-col py-1">
        <span>{title}</span>
        <span className="text-xs font-normal text-muted-foreground">
          {[app?.name, type?.name].filter(Boolean).join(", ") || "Everything"}
        </span>
      </span>
    ),
  },
  { id: "severity", header: "Severity", cell: ({ severity }) => <MonitorStateBadge state={severity} /> },
  { id: "status", header: "Status", cell: ({ status }) => <IncidentStatusBadge status={status} /> },
  { id: "opened", header: "Opened", cell: ({ opened_at }) => <Time at={opened_at} /> },
  {
    id: "resolved",
    header: "Over",
    className: "max-md:hidden",
    cell: ({ resolved_at }) => (resolved_at ? <Time at={resolved_at} /> : "–"),
  },
];

type Props = { incidents: IncidentView[]; nextHref?: string; shown: "live" | "all" };

/** Incidents, newest first. */
export function IncidentsTable({ incidents, nextHref, shown }: Props) {
  return (
    <DataTable
      caption="Incidents, newest first"
      columns={columns}
      rows={incidents}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/alerts/incidents/${id}`}
      nextHref={nextHref}
      empty={
        <EmptyState title={shown === "live" ? "Nothing is wrong" : "No incidents yet"} icon={ShieldCheck}>
          An incident opens when a monitor alerts, a breaker stops a connector, a drift is confirmed, or
          autonomy is taken back.
        </EmptyState>
      }
    />
  );
}
