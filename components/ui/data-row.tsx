import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";

/** One column. `primary` carries the row's link; `interactive` cells (a checkbox) stay above it. */
export type Column<Row> = {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: "start" | "end" | "center";
  role?: "primary" | "interactive";
  /** On heading and cells alike: `w-24`, `max-md:hidden`. */
  className?: string;
};

export type DataTableProps<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Makes the whole row a link, through its `primary` column. */
  rowHref?: (row: Row) => string;
  /** The row the keyboard is on. */
  activeKey?: string;
  /** Shown instead of the table when there are no rows. */
  empty?: ReactNode;
  /** The next page by address (works without JavaScript) … */
  nextHref?: string;
  /** … or by callback. */
  onLoadMore?: () => void;
  loadingMore?: boolean;
  /** Old rows stay while new ones are fetched; a thin bar says so. */
  refetching?: boolean;
};

type Props<Row> = {
  row: Row;
  columns: Column<Row>[];
  href?: string;
  current: boolean;
  rowIndex?: number;
};

/** One row of a `DataTable`. */
export function DataRow<Row>({ row, columns, href, current, rowIndex }: Props<Row>) {
  return (
    <TableRow aria-current={current || undefined} aria-rowindex={rowIndex}>
      {columns.map(({ id, cell, align, role, className }) => (
        <TableCell
          key={id}
          align={align}
          className={cn(
            // Its line would be drawn over the ring of the row's link.
            role === "interactive" && "relative z-1 [tr:has(a:focus-visible)>&]:border-b-transparent",
            // A long address in it pushes no other column out of a phone.
            role === "primary" && "min-w-40 max-md:wrap-anywhere",
            className,
          )}
        >
          {href && role === "primary" ? (
            <Link
              href={href}
              // A list may have hundreds of rows.
              prefetch={false}
              className="font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
            >
              {cell(row)}
            </Link>
          ) : (
            cell(row)
          )}
        </TableCell>
      ))}
    </TableRow>
  );
}

/** The header row all data tables share. */
export function DataTableHead<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <TableHead>
      <tr>
        {columns.map(({ id, header, align, className }) => (
          <TableHeading key={id} align={align} className={className}>
            {header}
          </TableHeading>
        ))}
      </tr>
    </TableHead>
  );
}
