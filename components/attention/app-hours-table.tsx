import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import type { Attention } from "@/lib/evaluations/attention-view";
import { spanText } from "./attention-words";

/** Where people's hours went, by app. */
export function AppHoursTable({ apps }: { apps: Attention["hours_by_app"] }) {
  if (apps.length === 0)
    return <p className="text-sm text-muted-foreground">Nobody has ruled in the last 30 days.</p>;
  return (
    <Table caption="Hours of review by app">
      <TableHead>
        <tr>
          <TableHeading>App</TableHeading>
          <TableHeading align="end">Last 7 days</TableHeading>
          <TableHeading align="end">Last 30 days</TableHeading>
          <TableHeading align="end">Verdicts</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {apps.map(({ app, reviews, hours_7d, hours_30d }) => (
          <TableRow key={app.id}>
            <th scope="row" className="border-b px-3 py-1 text-start font-semibold">
              {app.name}
            </th>
            <TableCell align="end" className="whitespace-nowrap tabular-nums">
              {spanText(hours_7d * 3600)}
            </TableCell>
            <TableCell align="end" className="whitespace-nowrap tabular-nums">
              {spanText(hours_30d * 3600)}
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {reviews.toLocaleString("en")}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
