import Link from "next/link";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { counted } from "@/lib/kernel/counted";
import type { TrainingReport } from "@/lib/learning/trainings";

const shown = 20;
const words = { positive: "act", negative: "leave" } as const;

/** Decisions kept apart that both answer differently, each with the truth, to be opened. */
export function Disagreements({ report }: { report: TrainingReport }) {
  if (report.disagreements === 0) return <p>Both gave the same answer to every one of them.</p>;
  return (
    <details>
      <summary className="cursor-pointer text-sm font-semibold">
        They differ on {counted(report.disagreements, "decision")}
      </summary>
      <Table caption="Decisions they answer differently" frameClassName="mt-2 max-h-96">
        <TableHead>
          <TableRow>
            <TableHeading>Decision</TableHeading>
            <TableHeading>Truth</TableHeading>
            <TableHeading>Now</TableHeading>
            <TableHeading>New one</TableHeading>
          </TableRow>
        </TableHead>
        <tbody>
          {report.examples.slice(0, shown).map(({ decision_id, truth, baseline, candidate }) => (
            <TableRow key={decision_id}>
              <TableCell>
                <Link href={`/decisions/${decision_id}`} className="text-primary-text underline">
                  …{decision_id.slice(-8)}
                </Link>
              </TableCell>
              <TableCell>{words[truth]}</TableCell>
              <TableCell>{said(baseline, truth)}</TableCell>
              <TableCell>{said(candidate, truth)}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </details>
  );
}

function said(answer: keyof typeof words, truth: keyof typeof words): string {
  return `${words[answer]}, ${answer === truth ? "right" : "wrong"}`;
}
