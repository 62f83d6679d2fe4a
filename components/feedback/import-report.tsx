"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { SettingsSection } from "@/components/identity/settings-section";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorCard } from "@/components/ui/error-card";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ImportRowView, ImportView } from "@/lib/feedback/import-contract";
import type { ImportRowStatus } from "@/lib/feedback/imports";
import {
  importQuery,
  importRowsQuery,
  importsKey,
  isUnderWay,
  type RowsPage,
  stopImport,
} from "@/lib/feedback/client";
import { countWords, rowLooks, rowsWords } from "./import-words";
import { ImportState } from "./imports-table";

const all: RowsPage = { status: undefined, after: undefined };

/** What became of every row of an import. */
export function ImportReport({ initial }: { initial: ImportView }) {
  const { data: view } = useQuery({ ...importQuery(initial.id), initialData: initial });
  const [page, setPage] = useState(all);
  return (
    <SettingsSection
      title="Report"
      description={
        <>
          <UntrustedInline text={view.name} />, {rowsWords(view.rows)}, sent <Time at={view.created_at} />
        </>
      }
      actions={<Actions view={view} />}
    >
      <div className="w-48">
        <ImportState view={view} />
      </div>
      {view.error ? <FormError>{view.error}</FormError> : null}
      {view.status === "waiting" && view.wait_until ? (
        <p className="text-sm text-muted-foreground">
          Rows without a decision are looked for again until <Time at={view.wait_until} />.
        </p>
      ) : null}
      <Counts view={view} page={page} onPage={setPage} />
      <Rows view={view} page={page} onPage={setPage} />
    </SettingsSection>
  );
}

function Actions({ view }: { view: ImportView }) {
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => stopImport(view.id),
    onSettled: () => client.invalidateQueries({ queryKey: importsKey }),
  });
  const mayStop = isUnderWay(view) || view.status === "waiting";
  return (
    <div className="flex flex-wrap gap-2">
      {mayStop ? (
        <Button pending={isPending} onClick={() => mutate()}>
          Stop it
        </Button>
      ) : null}
      <a
        href={`/api/v1/feedback_imports/${view.id}/report`}
        download
        className="inline-flex h-8 items-center gap-2 rounded-control border border-border-strong px-3 text-sm font-semibold hover:bg-surface-2 pointer-coarse:h-12"
      >
        <Download aria-hidden className="size-4" /> Download as CSV
      </a>
    </div>
  );
}

type Paged = { view: ImportView; page: RowsPage; onPage: (page: RowsPage) => void };

function Counts({ view, page, onPage }: Paged) {
  const shown = (Object.keys(rowLooks) as ImportRowStatus[]).filter((status) => view.counts[status] > 0);
  return (
    <div role="group" aria-label="Which rows" className="flex flex-wrap gap-2">
      <Button
        size="sm"
        aria-pressed={page.status === undefined}
        className="aria-pressed:bg-primary-soft aria-pressed:text-primary-text"
        onClick={() => onPage(all)}
      >
        All <span className="tabular-nums">{countWords(view.rows)}</span>
      </Button>
      {shown.map((status) => (
        <Button
          key={status}
          size="sm"
          aria-pressed={page.status === status}
          className="aria-pressed:bg-primary-soft aria-pressed:text-primary-text"
          onClick={() => onPage({ status, after: undefined })}
        >
          {rowLooks[status].word} <span className="tabular-nums">{countWords(view.counts[status])}</span>
        </Button>
      ))}
    </div>
  );
}

function Rows({ view, page, onPage }: Paged) {
  const seen = view.rows - view.counts.pending;
  const { data, error, refetch } = useQuery(importRowsQuery(view.id, page, seen));
  if (error) return <ErrorCard message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={5} label="Rows" />;
  const last = data.data.at(-1);
  if (!last) return <EmptyState title="No such rows">Choose other rows above.</EmptyState>;
  return (
    <>
      <Table caption="What became of the rows">
        <TableHead>
          <TableRow>
            <TableHeading align="end">Line</TableHeading>
            <TableHeading>What became of it</TableHeading>
            <TableHeading>About</TableHeading>
            <TableHeading>What is wrong</TableHeading>
          </TableRow>
        </TableHead>
        <tbody>
          {data.data.map((row) => (
            <ReportRow key={row.line} row={row} />
          ))}
        </tbody>
      </Table>
      <div className="flex gap-2">
        {page.after === undefined ? null : (
          <Button onClick={() => onPage({ ...page, after: undefined })}>First rows</Button>
        )}
        {data.has_more ? (
          <Button onClick={() => onPage({ ...page, after: last.line })}>Next rows</Button>
        ) : null}
      </div>
    </>
  );
}

function ReportRow({ row: { line, status, about, decision_id, problem } }: { row: ImportRowView }) {
  const { word, tone } = rowLooks[status];
  return (
    <TableRow>
      <TableCell align="end" className="tabular-nums">
        {line}
      </TableCell>
      <TableCell>
        <Badge tone={tone}>{word}</Badge>
      </TableCell>
      <TableCell className="max-w-64 wrap-anywhere">
        {decision_id ? (
          <Link href={`/decisions/${decision_id}`} prefetch={false} className="text-primary-text underline">
            <UntrustedInline text={about} />
          </Link>
        ) : (
          <UntrustedInline text={about} />
        )}
      </TableCell>
      <TableCell className="min-w-48 wrap-anywhere">
        {problem ? <UntrustedInline text={problem} /> : null}
      </TableCell>
    </TableRow>
  );
}
