import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";

export type MeasureLine = {
  name: string;
  /** What it counts, in a phrase. */
  what: string;
  /** Null: there is no such measure here. */
  measure: { value: number | null; low: number | null; high: number | null; n: number } | null;
  text: (value: number) => string;
};

const none = "–";

/** Measures with their 95 % intervals, one a line. */
export function MeasureTable({ caption, lines }: { caption: string; lines: MeasureLine[] }) {
  return (
    <Table caption={caption}>
      <TableHead>
        <tr>
          <TableHeading>Measure</TableHeading>
          <TableHeading align="end">Value</TableHeading>
          <TableHeading align="end">95 % interval</TableHeading>
          <TableHeading align="end">n</TableHeading>
        </tr>
      </TableHead>
      <tbody>
        {lines.map(({ name, what, measure, text }) => (
          <TableRow key={name}>
            <TableCell>
              <span className="font-semibold">{name}</span>
              <span className="block text-xs text-muted-foreground">{what}</span>
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {measure ? valueOf(measure.value, text) : none}
            </TableCell>
            <TableCell align="end" className="whitespace-nowrap tabular-nums">
              {measure ? intervalOf(measure.low, measure.high, text) : none}
            </TableCell>
            <TableCell align="end" className="tabular-nums">
              {measure ? measure.n.toLocaleString("en") : none}
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function valueOf(value: number | null, text: MeasureLine["text"]): string {
  return value === null ? "Not defined" : text(value);
}

function intervalOf(low: number | null, high: number | null, text: MeasureLine["text"]): string {
  return low === null || high === null ? none : `${text(low)} to ${text(high)}`;
}
