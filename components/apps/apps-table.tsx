"use client";

import { Blocks, CirclePause } from "lucide-react";
import { type CreateAppAction, NewAppDialog } from "@/components/apps/new-app-dialog";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { AppView } from "@/lib/apps/views";
import { thresholdText } from "@/lib/autonomy/threshold-text";

const columns: Column<AppView>[] = [
  {
    id: "name",
    header: "App",
    role: "primary",
    cell: (app) => (
      <>
        {app.name}{" "}
        <span className="font-mono text-xs font-normal whitespace-nowrap text-muted-foreground max-md:block">
          {app.key}
        </span>
        <span className="mt-1 block md:hidden">
          <State app={app} />
        </span>
      </>
    ),
  },
  { id: "levels", header: "Autonomy", cell: (app) => <Levels app={app} /> },
  {
    id: "volume",
    header: "Last 24 h",
    align: "end",
    className: "max-md:hidden",
    cell: (app) => app.decisions_24h.toLocaleString("en"),
  },
  { id: "state", header: "State", className: "max-md:hidden", cell: (app) => <State app={app} /> },
  { id: "owner", header: "Owner", className: "max-lg:hidden", cell: (app) => app.owner_name ?? "–" },
  { id: "made", header: "Created", className: "max-lg:hidden", cell: (app) => <Time at={app.created_at} /> },
];

function Levels({ app }: { app: AppView }) {
  if (app.autonomies.length === 0) return <span className="text-muted-foreground">Review all</span>;
  return (
    <ul className="flex flex-col gap-1 py-1">
      {app.autonomies.map(({ type, type_name: name, level, threshold }) => (
        <li key={type} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-muted-foreground">{name}</span>
          <StatusBadge kind="level" status={level} />
          {level === "auto" ? (
            <span className="text-xs text-muted-foreground">
              from {threshold === null ? "–" : thresholdText(threshold)}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Running, paused or archived, as a badge. */
export function State({ app }: { app: AppView }) {
  if (app.archived_at) return <Badge tone="idle">Archived</Badge>;
  if (!app.paused) return <Badge tone="approved">Running</Badge>;
  return (
    <Badge tone="declined">
      <CirclePause aria-hidden /> Paused
    </Badge>
  );
}

type Props = { apps: AppView[]; create?: CreateAppAction; nextHref?: string };

/** Every app with its levels, volume and state. */
export function AppsTable({ apps, create, nextHref }: Props) {
  return (
    <DataTable
      caption="Apps"
      columns={columns}
      rows={apps}
      rowKey={(app) => app.id}
      rowHref={(app) => `/apps/${app.id}`}
      nextHref={nextHref}
      empty={
        <EmptyState
          title="No apps yet"
          icon={Blocks}
          action={create ? <NewAppDialog create={create} /> : undefined}
        >
          {create
            ? "An app is whatever submits decisions: make one, give it a key, and send the first."
            : "An admin makes the first one."}
        </EmptyState>
      }
    />
  );
}
