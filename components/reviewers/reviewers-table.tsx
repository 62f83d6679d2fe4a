import { Users } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { QueueReviewers, Share } from "@/lib/reviews/measures";
import { countsText, looksText, percentText } from "./share-words";

/** Each reviewer of a queue by name. Not sortable: it is for talking with one person, never for ranking people. */
export function ReviewersTable({ reviewers, withheld }: Pick<QueueReviewers, "reviewers" | "withheld">) {
  if (reviewers.length === 0) {
    return (
      <div className="rounded-card border bg-card">
        <EmptyState title={withheld ? "Nobody is listed" : "Nobody has ruled here yet"} icon={Users}>
          {withheld ?? "Once reviewers rule in this queue, how their rulings held up stands here."}
        </EmptyState>
      </div>
    );
  }
  return (
    <Table caption="Reviewers by name">
      <TableHead>
        <tr>
          <TableHeading>Reviewer</TableHeading>
          <TableHeading align="end">Wrong noticed</TableHeading>
          <TableHeading align="end">Right left standing</TableHeading>
          <TableHeading align="end">Agreed</TableHeading>
          <TableHeading align="end">Against the model</TableHeading>
          <TableHeading align="end">Look, half · nine in ten</TableHeading>
          <TableHeading align="end">Verdicts</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {reviewers.map(({ id, name, figures }) => (
          <TableRow key={id}>
            <th scope="row" className="border-b px-3 py-1 text-start font-semibold whitespace-nowrap">
              {name}
            </th>
            <ShareCell share={figures.sensitivity} />
            <ShareCell share={figures.specificity} />
            <ShareCell share={figures.agreement} />
            <ShareCell share={figures.overrides} />
            <TableCell align="end" className="whitespace-nowrap tabular-nums">
              {looksText(figures.look_seconds)}
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {figures.rulings.toLocaleString("en")}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function ShareCell({ share }: { share: Share }) {
  return (
    <TableCell align="end" className="whitespace-nowrap tabular-nums">
      {share.n === 0 ? <span className="text-muted-foreground">–</span> : countsText(share)}{" "}
      <span className="text-xs text-muted-foreground">
        {share.n === 0 ? "" : (percentText(share.value) ?? "too few")}
      </span>
      {share.lower === null || share.upper === null ? null : (
        <span className="block text-xs text-muted-foreground">
          {Math.round(share.lower * 100)}–{Math.round(share.upper * 100)} %
        </span>
      )}
    </TableCell>
  );
}
