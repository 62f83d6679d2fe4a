import { byteOrderMark, csvLine } from "@/lib/kernel/csv";
import type { Cell } from "./cell-text";

/** Gives the table to the browser as a file; numbers in full, as the figure has them. */
export function downloadCsv(name: string, { columns, rows }: { columns: string[]; rows: Cell[][] }): void {
  const text = byteOrderMark + [columns, ...rows].map((row) => csvLine(row)).join("");
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(address);
}
