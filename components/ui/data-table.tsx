"use client";

import dynamic from "next/dynamic";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { DataRow, DataTableHead, type DataTableProps } from "@/components/ui/data-row";
import { Progress } from "@/components/ui/progress";
import { Table } from "@/components/ui/table";
import type { VirtualTable as VirtualTableOf } from "@/components/ui/virtual-table";

// Most lists are short: the virtual rows' library is fetched only above this.
const virtualAbove = 200;
// `dynamic` forgets the row's type parameter.
const VirtualTable = dynamic(() =>
  import("@/components/ui/virtual-table").then((module) => module.VirtualTable),
) as typeof VirtualTableOf;

/** A list of records: semantic table, sticky header, keyset pages, virtual rows above 200. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, rowHref, activeKey, empty, refetching } = props;
  if (rows.length === 0 && empty) return <div className="rounded-card border bg-card">{empty}</div>;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="relative">
        {refetching ? (
          <Progress label="Loading newer rows" className="absolute inset-x-0 -top-1 z-20" />
        ) : null}
        {rows.length > virtualAbove ? (
          <VirtualTable {...props} />
        ) : (
          <Table caption={caption} frameClassName="md:max-h-[max(24rem,calc(100dvh-20.5rem))]">
            <DataTableHead columns={columns} />
            <tbody>
              {rows.map((row) => (
                <DataRow
                  key={rowKey(row)}
                  row={row}
                  columns={columns}
                  href={rowHref?.(row)}
                  current={rowKey(row) === activeKey}
                />
              ))}
            </tbody>
          </Table>
        )}
      </div>
      <MoreRows {...props} />
    </div>
  );
}

function MoreRows<Row>({ nextHref, onLoadMore, loadingMore }: DataTableProps<Row>) {
  if (nextHref) {
    return (
      <ButtonLink href={nextHref} scroll={false} className="self-center">
        Load more
      </ButtonLink>
    );
  }
  if (!onLoadMore) return null;
  return (
    <Button className="self-center" pending={loadingMore} onClick={onLoadMore}>
      Load more
    </Button>
  );
}
