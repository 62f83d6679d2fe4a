"use client";

import { ArrowUpRight, Download, Info } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import { FigureTable } from "@/components/ui/figure-table";
import { Time } from "@/components/ui/time";
import type { Marker } from "@/lib/evaluations/board-schema";
import { type Cell, cellText } from "./cell-text";
import { downloadCsv } from "./download-csv";

type Props = {
  id: string;
  question: string;
  definition: string;
  /** The answer: the headline figure, or a sentence. */
  answer: ReactNode;
  population: string;
  weighting: string;
  notNarrowedBy: string[];
  computedAt: string;
  table: { columns: string[]; rows: Cell[][] };
  rowsHref: string | null;
  markers?: Marker[];
  children?: ReactNode;
};

const tool =
  "inline-flex size-6 shrink-0 items-center justify-center rounded-control text-subtle-foreground hover:bg-surface-3 hover:text-foreground pointer-coarse:size-12";

/** What every tile has: its question, its definition, the answer, who is counted, the numbers, a file and the rows. */
export function TileFrame(props: Props) {
  const { id, question, answer, population, weighting, notNarrowedBy, computedAt, table, markers } = props;
  const heading = useId();
  const left = notNarrowedBy.length > 0 ? ` Not narrowed by ${notNarrowedBy.join(", ")}.` : "";
  return (
    <figure
      data-tile={id}
      aria-labelledby={heading}
      data-empty={table.rows.length === 0 || undefined}
      className="flex min-w-0 flex-col gap-2 rounded-card border bg-card p-4"
    >
      <figcaption className="flex min-w-0 flex-col gap-1">
        <div className="flex items-start justify-between gap-2">
          <h2 id={heading} className="text-sm font-semibold text-muted-foreground">
            {question}
          </h2>
          <Tools {...props} />
        </div>
        {answer}
      </figcaption>
      {props.children}
      {markers && markers.length > 0 ? <Changes markers={markers} /> : null}
      <p className="text-xs text-subtle-foreground">
        {population}; {weighting}.{left} Read <Time at={computedAt} />.
      </p>
      {table.rows.length === 0 ? null : (
        <FigureTable
          caption={question}
          columns={table.columns}
          rows={table.rows.map((row) => row.map(cellText))}
        />
      )}
    </figure>
  );
}

function Tools({ id, question, definition, table, rowsHref }: Props) {
  const definitionId = useId();
  return (
    <div className="flex items-center gap-0.5">
      <span className="group relative inline-flex">
        <button
          type="button"
          aria-label={`What is “${question}”?`}
          aria-describedby={definitionId}
          className={tool}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        >
          <Info aria-hidden className="size-4" />
        </button>
        <span
          id={definitionId}
          role="tooltip"
          className="invisible absolute end-0 top-full z-20 w-64 rounded-card border bg-popover p-3 text-xs text-foreground shadow-floating group-focus-within:visible group-hover:visible"
        >
          {definition}
        </span>
      </span>
      {table.rows.length === 0 ? null : (
        <button
          type="button"
          aria-label={`CSV of “${question}”`}
          className={tool}
          onClick={() => downloadCsv(id, table)}
        >
          <Download aria-hidden className="size-4" />
        </button>
      )}
      {rowsHref === null ? null : (
        <Link href={rowsHref} aria-label={`Rows behind “${question}”`} className={tool}>
          <ArrowUpRight aria-hidden className="size-4" />
        </Link>
      )}
    </div>
  );
}

function Changes({ markers }: { markers: Marker[] }) {
  return (
    <details className="text-xs">
      <summary className="min-h-6 rounded-sm text-muted-foreground hover:text-foreground">
        Changes in this time: {markers.length}
      </summary>
      <ol className="mt-1 flex flex-col gap-1">
        {markers.map(({ at, kind, label, href }, place) => (
          <li key={`${at} ${label}`} className="min-w-0">
            {place + 1}. <Time at={at} /> · {kind} ·{" "}
            {href === null ? (
              label
            ) : (
              <Link href={href} className="underline underline-offset-2">
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
