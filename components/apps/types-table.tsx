"use client";

import { Shapes } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Money } from "@/components/ui/money";
import type { DecisionTypeView } from "@/lib/apps/views";
import { reversibilityWords } from "@/lib/apps/words";

const columns: Column<DecisionTypeView>[] = [
  {
    id: "name",
    header: "Type",
    role: "primary",
    cell: (type) => (
      <>
        {type.name} <span className="font-mono text-xs font-normal text-muted-foreground">{type.key}</span>
      </>
    ),
  },
  {
    id: "action",
    header: "Carried out by",
    cell: (type) =>
      type.action ? (
        <>
          {type.action.name}{" "}
          <span className="font-mono text-xs text-muted-foreground">{type.action.connector}</span>
        </>
      ) : (
        "Nothing: recorded only"
      ),
  },
  {
    id: "undo",
    header: "Reversibility",
    className: "max-md:hidden",
    cell: (type) => reversibilityWords[type.reversibility].name,
  },
  {
    id: "yes",
    header: "Wrong yes",
    align: "end",
    className: "max-md:hidden",
    cell: (type) => <Money amount={type.cost_wrong_yes} currency={type.currency} />,
  },
  {
    id: "no",
    header: "Wrong no",
    align: "end",
    className: "max-md:hidden",
    cell: (type) => <Money amount={type.cost_wrong_no} currency={type.currency} />,
  },
  {
    id: "state",
    header: "State",
    cell: (type) => (type.archived_at ? <Badge tone="idle">Archived</Badge> : "In use"),
  },
];

/** Every decision type with what carries it out and what being wrong costs. */
export function TypesTable({ types, nextHref }: { types: DecisionTypeView[]; nextHref?: string }) {
  return (
    <DataTable
      caption="Decision types"
      columns={columns}
      rows={types}
      rowKey={(type) => type.id}
      rowHref={(type) => `/settings/types/${type.id}`}
      nextHref={nextHref}
      empty={
        <EmptyState title="No decision types yet" icon={Shapes}>
          A decision type says what a proposal looks like and what carries it out.
        </EmptyState>
      }
    />
  );
}
