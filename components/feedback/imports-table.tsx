"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Progress } from "@/components/ui/progress";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ImportView } from "@/lib/feedback/import-contract";
import { importsQuery, isUnderWay } from "@/lib/feedback/client";
import type { List } from "@/lib/kernel/list";
import { countWords, kindWords, rowsWords, statusLooks } from "./import-words";

type Props = { imports: List<ImportView>; after: string | undefined; open: string | undefined };

/** Imports, newest first; those under way move by themselves. */
export function ImportsTable({ imports, after, open }: Props) {
  const { data } = useQuery({ ...importsQuery(after), initialData: imports });
  const last = data.data.at(-1);
  return (
    <DataTable
      caption="Imports"
      rows={data.data}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/settings/imports?import=${id}`}
      activeKey={open}
      columns={columns}
      nextHref={data.has_more && last ? `/settings/imports?after=${last.id}` : undefined}
      empty={
        <EmptyState title="Nothing was imported yet">
          Send a file above: what customers said, or what turned out to be right.
        </EmptyState>
      }
    />
  );
}

const columns: Column<ImportView>[] = [
  { id: "name", header: "File", role: "primary", cell: ({ name }) => <UntrustedInline text={name} /> },
  { id: "kind", header: "Rows are", className: "max-md:hidden", cell: ({ kind }) => kindWords[kind] },
  { id: "status", header: "Status", className: "w-48", cell: (one) => <ImportState view={one} /> },
  {
    id: "recorded",
    header: "Recorded",
    align: "end",
    className: "max-sm:hidden tabular-nums",
    cell: ({ counts }) => countWords(counts.recorded),
  },
  {
    id: "open",
    header: "Not recorded",
    align: "end",
    className: "max-sm:hidden tabular-nums",
    cell: ({ counts }) => countWords(counts.unmatched + counts.ambiguous + counts.invalid),
  },
  { id: "by", header: "By", className: "max-lg:hidden", cell: ({ by }) => <UntrustedInline text={by} /> },
  {
    id: "at",
    header: "Sent",
    className: "max-md:hidden",
    cell: ({ created_at }) => <Time at={created_at} />,
  },
];

/** How far an import is. */
export function ImportState({ view }: { view: ImportView }) {
  const { word, tone } = statusLooks[view.status];
  if (!isUnderWay(view)) return <Badge tone={tone}>{word}</Badge>;
  const left = view.counts.pending;
  const share = view.status === "receiving" || view.rows === 0 ? undefined : 1 - left / view.rows;
  return (
    <span className="flex flex-col gap-1 text-xs tabular-nums">
      {view.status === "running" ? `${rowsWords(left)} left` : word}
      <Progress label={`Progress of ${view.name}`} value={share} />
    </span>
  );
}
