import { SlidersHorizontal } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { ThresholdAttention } from "@/lib/evaluations/attention-view";
import { signedText, spanText, wrongText } from "./attention-words";
import { thresholdText } from "@/lib/autonomy/threshold-text";

/** What another threshold would cost people, and what it would let through or prevent. */
export function ThresholdTable({ thresholds }: { thresholds: ThresholdAttention[] }) {
  if (thresholds.length === 0) {
    return (
      <div className="rounded-card border bg-card">
        <EmptyState title="No app acts alone" icon={SlidersHorizontal}>
          Once an app acts alone above a threshold, what another threshold would cost stands here.
        </EmptyState>
      </div>
    );
  }
  return (
    <Table caption="What another threshold would cost or save">
      <TableHead>
        <tr>
          <TableHeading>App and type</TableHeading>
          <TableHeading align="end">Threshold</TableHeading>
          <TableHeading align="end">Reviews a day</TableHeading>
          <TableHeading align="end">People’s time a day</TableHeading>
          <TableHeading>Wrong acts a week</TableHeading>
        </tr>
      </TableHead>
      {thresholds.map((one) => (
        <tbody
          key={`${one.app.id}/${one.type.id}`}
          className="[&:not(:last-child)>tr:last-child>td]:border-b"
        >
          {one.changes.map((change, index) => (
            <TableRow key={change.by}>
              {index === 0 ? (
                <th
                  scope="rowgroup"
                  rowSpan={one.changes.length}
                  className="border-b px-3 py-2 text-start align-top font-semibold [tbody:last-child_&]:border-b-0"
                >
                  {one.app.name}
                  <span className="block text-xs font-normal text-muted-foreground">{one.type.name}</span>
                  <span className="block text-xs font-normal text-muted-foreground tabular-nums">
                    acts alone from {thresholdText(one.threshold)}
                    {one.handling_seconds === null
                      ? ""
                      : `; a review takes ${spanText(one.handling_seconds)}`}
                  </span>
                </th>
              ) : null}
              <TableCell align="end" className="whitespace-nowrap tabular-nums">
                {thresholdText(Number((one.threshold + change.by).toFixed(3)))}
              </TableCell>
              <TableCell align="end" className="tabular-nums">
                {signedText(change.reviews_per_day)}
              </TableCell>
              <TableCell align="end" className="whitespace-nowrap tabular-nums">
                {change.minutes_per_day === null ? "–" : signedText(change.minutes_per_day, " min")}
              </TableCell>
              <TableCell
                className={
                  change.wrong_per_week === null
                    ? "whitespace-nowrap text-muted-foreground"
                    : "whitespace-nowrap"
                }
              >
                {wrongText(change)}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      ))}
    </Table>
  );
}
