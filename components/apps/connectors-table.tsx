"use client";

import { Cable } from "lucide-react";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { ConnectorView } from "@/lib/apps/views";
import { addressOf, classWords, kindWords } from "@/lib/apps/words";

const columns: Column<ConnectorView>[] = [
  {
    id: "name",
    header: "Connector",
    role: "primary",
    cell: (connector) => (
      <>
        {connector.name}{" "}
        <span className="font-mono text-xs font-normal text-muted-foreground">{connector.key}</span>
      </>
    ),
  },
  {
    id: "kind",
    header: "Kind",
    className: "max-md:hidden",
    cell: (connector) => kindWords[connector.kind].name,
  },
  {
    id: "class",
    header: "Repeated calls",
    cell: (connector) => `${connector.class}: ${classWords[connector.class].name}`,
  },
  { id: "actions", header: "Actions", align: "end", cell: (connector) => connector.actions.length },
  {
    id: "address",
    header: "Address",
    className: "max-md:hidden",
    cell: (connector) => <span className="font-mono text-xs">{addressOf(connector.config)}</span>,
  },
  {
    id: "changed",
    header: "Changed",
    className: "max-lg:hidden",
    cell: (connector) => <Time at={connector.updated_at} />,
  },
];

/** Every connector with its class in words. */
export function ConnectorsTable({
  connectors,
  nextHref,
}: {
  connectors: ConnectorView[];
  nextHref?: string;
}) {
  return (
    <DataTable
      caption="Connectors"
      columns={columns}
      rows={connectors}
      rowKey={(connector) => connector.id}
      rowHref={(connector) => `/settings/connectors/${connector.id}`}
      nextHref={nextHref}
      empty={
        <EmptyState title="No connectors yet" icon={Cable}>
          A connector is a door to one of the company's systems; without one, approvals are only recorded.
        </EmptyState>
      }
    />
  );
}
