"use client";

import { BellRing } from "lucide-react";
import { MonitorStateBadge } from "@/components/monitors/state-badge";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { MonitorView } from "@/lib/monitors/endpoints";
import { figureText, metricName } from "@/lib/monitors/figure-text";

const columns: Column<MonitorView>[] = [
  {
    id: "name",
    header: "Monitor",
    role: "primary",
    cell: ({ name, metric, app, type }) => (
      <span className="flex flex-col py-1">
        <span>{name}</span>
        <span className="text-xs font-normal text-muted-foreground">
          {[metricName(metric), app?.name, type?.name].filter(Boolean).join(", ")}
        </span>
      </span>
    ),
  },
  {
    id: "state",
    header: "State",
    cell: ({ state, enabled, value, muted_until }) => (
      <span className="flex flex-wrap items-center gap-1">
        <MonitorStateBadge state={state} enabled={enabled ? "yes" : "no"} value={value} />
        {muted_until ? <Badge look="outline">Muted</Badge> : null}
      </span>
    ),
  },
  {
    id: "value",
    header: "Value",
    align: "end",
    className: "tabular-nums",
    cell: ({ value, unit, n }) => (
      <span className="whitespace-nowrap">
        {value === null ? "–" : figureText(value, unit)}
        {n !== null && unit === "share" ? (
          <span className="block text-xs text-muted-foreground">n = {n.toLocaleString("en")}</span>
        ) : null}
      </span>
    ),
  },
  {
    id: "limit",
    header: "Alert at",
    align: "end",
    className: "tabular-nums max-md:hidden",
    cell: ({ comparator, alert_at, unit }) =>
      `${figureText(alert_at, unit)} or ${comparator === "above" ? "more" : "less"}`,
  },
  {
    id: "looked",
    header: "Last look",
    className: "max-md:hidden",
    cell: ({ checked_at }) => (checked_at ? <Time at={checked_at} /> : "Not yet"),
  },
];

type Props = { monitors: MonitorView[]; nextHref?: string };

/** Every monitor with where it stands. */
export function MonitorsTable({ monitors, nextHref }: Props) {
  return (
    <DataTable
      caption="Monitors and where they stand"
      columns={columns}
      rows={monitors}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/alerts/monitors/${id}`}
      nextHref={nextHref}
      empty={
        <EmptyState title="Nothing is watched yet" icon={BellRing}>
          A monitor looks at one figure each minute and tells people when it passes a threshold. An admin can
          make one.
        </EmptyState>
      }
    />
  );
}
