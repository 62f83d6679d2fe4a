import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { TrainingView } from "@/lib/learning/trainings";
import { percentText, trainingWord } from "@/lib/learning/words";

/** Rounds of training, newest first, with who did what. */
export function HistoryTable({ trainings }: { trainings: TrainingView[] }) {
  if (trainings.length === 0) return <p className="text-sm text-muted-foreground">No training yet.</p>;
  return (
    <Table caption="Rounds of training">
      <TableHead>
        <TableRow>
          <TableHeading>Started</TableHeading>
          <TableHeading>Outcome</TableHeading>
          <TableHeading align="end">Measured on</TableHeading>
          <TableHeading align="end">Wrong before</TableHeading>
          <TableHeading align="end">Wrong with it</TableHeading>
          <TableHeading>Proposed by</TableHeading>
          <TableHeading>Signed by</TableHeading>
        </TableRow>
      </TableHead>
      <tbody>
        {trainings.map(({ id, created_at, created_by, status, report, proposed_by, signed_by }) => (
          <TableRow key={id}>
            <TableCell>
              <Time at={created_at} /> by {created_by}
            </TableCell>
            <TableCell>{trainingWord(status)}</TableCell>
            <TableCell align="end">{report?.comparison?.n ?? "–"}</TableCell>
            <TableCell align="end">{shareText(report?.comparison?.baseline.value)}</TableCell>
            <TableCell align="end">{shareText(report?.comparison?.candidate.value)}</TableCell>
            <TableCell>{proposed_by ?? "–"}</TableCell>
            <TableCell>{signed_by ?? "–"}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

const shareText = (share: number | undefined) => (share === undefined ? "–" : percentText(share));
