"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Table, TableCell, TableHead, TableHeading, TableRow } from "@/components/ui/table";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { JsonObject } from "@/lib/kernel/json";
import { fieldWords } from "@/lib/kernel/field-words";
import { ReadableValue } from "./readable-value";

const shownAtFirst = 10;
const mostShown = 500;

type Props = { name: string; columns: string[]; rows: JsonObject[] };

/** A list of records as a table, with the columns in the order they came in. */
export function EvidenceTable({ name, columns, rows }: Props) {
  const [whole, setWhole] = useState(false);
  const shown = rows.slice(0, whole ? mostShown : shownAtFirst);
  const isNumber = (column: string) =>
    rows.every((row) => row[column] === undefined || typeof row[column] === "number");
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Table
        className="text-xs"
        caption={`${name}: ${rows.length === 1 ? "1 record" : `${rows.length} records`}`}
      >
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableHeading key={column} className="px-2" align={isNumber(column) ? "end" : undefined}>
                <UntrustedInline text={fieldWords(column)} />
              </TableHeading>
            ))}
          </TableRow>
        </TableHead>
        <tbody>
          {shown.map((row, index) => (
            // Records have no ids that we know of, and never move.
            <TableRow key={index}>
              {columns.map((column) => (
                <TableCell key={column} className="px-2" align={isNumber(column) ? "end" : undefined}>
                  {row[column] === undefined ? (
                    <span className="text-subtle-foreground">–</span>
                  ) : (
                    <ReadableValue value={row[column]} />
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </tbody>
      </Table>
      {rows.length > shownAtFirst ? (
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={whole}
          className="self-start"
          onClick={() => setWhole(!whole)}
        >
          {whole ? "Show fewer" : `Show all ${Math.min(rows.length, mostShown)}`}
        </Button>
      ) : null}
    </div>
  );
}
