import { Table2 } from "lucide-react";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";

type Props = { caption: string; columns: string[]; rows: (string | number)[][] };

/** The numbers behind a picture, folded until asked for. Works without JavaScript. */
export function FigureTable({ caption, columns, rows }: Props) {
  return (
    <details className="mt-1 text-xs">
      <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm text-muted-foreground hover:text-foreground">
        <Table2 aria-hidden className="size-3.5" />
        Table
        <span className="sr-only">: {caption}</span>
      </summary>
      <Table caption={caption} frameClassName="mt-2 max-h-72" className="text-xs">
        <TableHead>
          <tr>
            {columns.map((column, at) => (
              <TableHeading key={column} align={at === 0 ? "start" : "end"}>
                {column}
              </TableHeading>
            ))}
          </tr>
        </TableHead>
        <tbody>
          {rows.map((row, at) => (
            <TableRow key={at} className="h-8">
              {row.map((cell, column) => (
                <TableCell
                  key={columns[column]}
                  align={column === 0 ? "start" : "end"}
                  className="tabular-nums"
                >
                  {cell}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
