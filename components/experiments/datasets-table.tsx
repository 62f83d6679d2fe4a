"use client";

import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { DatasetView } from "@/lib/experiments/datasets";
import { buildTones, buildWords, count, purposeWords } from "@/lib/experiments/words";

type Props = { datasets: DatasetView[]; nextHref?: string | undefined };

/** Datasets with what their latest version is, newest first. */
export function DatasetsTable({ datasets, nextHref }: Props) {
  return (
    <DataTable
      caption="Datasets"
      rows={datasets}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/datasets/${id}`}
      columns={columns}
      nextHref={nextHref}
      empty={
        <EmptyState title="No dataset yet">
          Make one from decisions whose outcome is known, or from a file of your own.
        </EmptyState>
      }
    />
  );
}

const columns: Column<DatasetView>[] = [
  {
    id: "name",
    header: "Name",
    role: "primary",
    cell: ({ name, archived_at: archivedAt }) =>
      archivedAt === null ? (
        name
      ) : (
        <span className="inline-flex items-center gap-2">
          {name} <Badge tone="idle">Archived</Badge>
        </span>
      ),
  },
  {
    id: "of",
    header: "App and type",
    className: "max-md:hidden",
    cell: ({ app, type }) => `${app}, ${type}`,
  },
  { id: "purpose", header: "Purpose", cell: ({ purpose }) => purposeWords[purpose] },
  {
    id: "latest",
    header: "Latest version",
    cell: ({ latest }) =>
      latest ? (
        <span className="inline-flex items-center gap-2">
          v{latest.version} <Badge tone={buildTones[latest.status]}>{buildWords[latest.status]}</Badge>
        </span>
      ) : (
        "None"
      ),
  },
  {
    id: "items",
    header: "Items",
    align: "end",
    cell: ({ latest }) => (latest ? count(latest.items) : "–"),
  },
  {
    id: "made",
    header: "Made",
    className: "max-lg:hidden",
    cell: ({ created_at, created_by }) => (
      <>
        <Time at={created_at} /> by {created_by}
      </>
    ),
  },
];
