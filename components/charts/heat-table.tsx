import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";

type Props = {
  caption: string;
  columns: string[];
  rows: { label: string; values: (number | null)[] }[];
  /** Values at which it is darkest, and at which it begins to be shaded: the first and the last guide. */
  guides: number[];
};

/** One hue, and the value printed in every cell: colour alone says nothing. */
export function HeatTable({ caption, columns, rows, guides }: Props) {
  const most = Math.max(
    guides.at(-1) ?? 0,
    ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)),
    1e-9,
  );
  return (
    <Table caption={caption} className="text-xs" frameClassName="max-h-96">
      <TableHead>
        <tr>
          <TableHeading>Feature</TableHeading>
          {columns.map((column) => (
            <TableHeading key={column} align="end">
              {column}
            </TableHeading>
          ))}
        </tr>
      </TableHead>
      <tbody>
        {rows.map(({ label, values }) => (
          <TableRow key={label}>
            <TableHeading scope="row" className="font-normal">
              {label}
            </TableHeading>
            {values.map((value, place) => (
              <TableCell
                key={columns[place]}
                align="end"
                className="tabular-nums"
                style={{
                  background:
                    value === null
                      ? undefined
                      : `color-mix(in oklab, var(--chart-1) ${Math.round(Math.min(1, value / most) * 28)}%, transparent)`,
                }}
              >
                {value === null ? "–" : value.toFixed(3)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
