import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { LearningExportView } from "@/lib/learning/exports";
import { formatWords } from "@/lib/learning/words";
import { Follow } from "./follow";
import { type Step, StepButton } from "./step-button";

type Props = { exports: LearningExportView[]; cancel: Step | undefined };

const words = {
  pending: "Waiting",
  running: "Writing",
  done: "Ready",
  failed: "Failed",
  cancelled: "Cancelled",
} as const;

/** Training files, newest first, with their way to the disk. */
export function FilesTable({ exports, cancel }: Props) {
  if (exports.length === 0)
    return (
      <Card>
        <EmptyState title="No training files yet">
          They hold one line for each decision that a person ruled on.
        </EmptyState>
      </Card>
    );
  const isBusy = exports.some(({ status }) => status === "pending" || status === "running");
  return (
    <>
      {isBusy ? <Follow /> : null}
      <Table caption="Training files">
        <TableHead>
          <TableRow>
            <TableHeading>Format</TableHeading>
            <TableHeading>Stands</TableHeading>
            <TableHeading align="end">Decisions</TableHeading>
            <TableHeading>Asked for</TableHeading>
            <TableHeading>Files</TableHeading>
          </TableRow>
        </TableHead>
        <tbody>
          {exports.map((one) => (
            <TableRow key={one.id}>
              <TableCell>{formatWords[one.format]}</TableCell>
              <TableCell>
                <Badge
                  tone={one.status === "done" ? "approved" : one.status === "failed" ? "declined" : "neutral"}
                >
                  {words[one.status]}
                </Badge>
                {one.error ? <p className="text-xs">{one.error}</p> : null}
              </TableCell>
              <TableCell align="end">
                {one.total === null ? one.rows : `${one.rows} of ${one.total}`}
              </TableCell>
              <TableCell>
                <Time at={one.created_at} /> by {one.created_by}
              </TableCell>
              <TableCell>
                <Files one={one} cancel={cancel} />
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Files({ one, cancel }: { one: LearningExportView; cancel: Step | undefined }) {
  if (one.status === "pending" || one.status === "running")
    return cancel ? (
      <StepButton
        id={one.id}
        label="Cancel"
        question="Cancel these training files?"
        consequence="What was written so far is thrown away."
        variant="ghost"
        send={cancel}
      />
    ) : null;
  if (!cancel) return "An admin downloads them.";
  return (
    <span className="flex flex-wrap gap-3">
      {one.files.map(({ name, url }) => (
        <a key={name} href={url} download className="text-primary-text underline">
          {name}
        </a>
      ))}
    </span>
  );
}
