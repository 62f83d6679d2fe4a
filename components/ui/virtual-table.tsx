"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { DataRow, DataTableHead, type DataTableProps } from "@/components/ui/data-row";
import { Table } from "@/components/ui/table";

/** The same table, with only the rows in sight in the page; spacer rows keep the scroll bar honest. */
export function VirtualTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  activeKey,
}: DataTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => body.current?.closest<HTMLElement>("[role=region]") ?? null,
    estimateSize: () => 37,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Table caption={caption} frameClassName="h-[calc(100dvh-11rem)]" aria-rowcount={rows.length + 1}>
      <DataTableHead columns={columns} />
      <tbody ref={body}>
        <Spacer height={before} span={columns.length} />
        {items.map(({ key, index }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <DataRow
              key={String(key)}
              row={row}
              columns={columns}
              href={rowHref?.(row)}
              current={rowKey(row) === activeKey}
              rowIndex={index + 2}
            />
          );
        })}
        <Spacer height={after} span={columns.length} />
      </tbody>
    </Table>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- empty on purpose */}
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
