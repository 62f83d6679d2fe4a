"use client";

import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import type { PromptView } from "@/lib/prompts/endpoints";

const columns: Column<PromptView>[] = [
  {
    id: "name",
    header: "Prompt",
    role: "primary",
    cell: (row) =>
      row.archived ? (
        <span className="inline-flex items-center gap-2">
          {row.name} <Badge tone="idle">Archived</Badge>
        </span>
      ) : (
        row.name
      ),
  },
  {
    id: "key",
    header: "Key",
    className: "max-md:hidden",
    cell: (row) => <code className="font-mono text-xs">{row.key}</code>,
  },
  { id: "type", header: "Decision type", className: "max-md:hidden", cell: (row) => row.type.name },
  {
    id: "active",
    header: "Active",
    cell: (row) =>
      row.active === null ? (
        <Badge tone="idle">None</Badge>
      ) : (
        <Badge tone="approved">Version {row.active}</Badge>
      ),
  },
  {
    id: "shadow",
    header: "Shadow",
    cell: (row) => (row.shadow === null ? null : <Badge tone="accent">Version {row.shadow}</Badge>),
  },
  { id: "versions", header: "Versions", align: "end", cell: (row) => row.versions.length },
];

/** An app's prompts. */
export function PromptList({ prompts }: { prompts: PromptView[] }) {
  return (
    <DataTable
      caption="Prompts"
      columns={columns}
      rows={prompts}
      rowKey={(row) => row.id}
      rowHref={(row) => `/apps/${row.app_id}/prompts/${row.id}`}
    />
  );
}
