import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { FigureTable } from "@/components/ui/figure-table";
import { FigureValue } from "@/components/ui/figure-value";

type Props = {
  /** The tile's title, as a question: “How often does automation err?” */
  question: string;
  /** The figure, or a sentence such as “Not enough labels yet”. */
  value: ReactNode;
  /** `95 % interval 0.34–1.42 %` */
  interval?: ReactNode;
  n?: number;
  /** Who is counted: “Decisions that ran alone and were audited, each weighted by one over its chance”. */
  population: ReactNode;
  /** To the rows behind the figure. */
  href?: string;
  /** The figure as a table: one heading per column, strings or numbers in the rows. */
  table?: { columns: string[]; rows: (string | number)[][] };
  tone?: "neutral" | "good" | "bad";
  className?: string;
};

const inks = { neutral: "", good: "text-approved-text", bad: "text-declined-text" };

/** One question, one figure, with its interval, its count and its population. */
export function StatTile({
  question,
  value,
  interval,
  n,
  population,
  href,
  table,
  tone = "neutral",
  className,
}: Props) {
  return (
    <section
      aria-label={question}
      className={cn("flex flex-col gap-1 rounded-card border bg-card p-4", className)}
    >
      <div className="flex items-start justify-between gap-2">
        <h2 className="text-sm font-semibold text-muted-foreground">{question}</h2>
        {href ? (
          <Link
            href={href}
            aria-label={`Rows behind “${question}”`}
            className="-m-1 inline-flex size-6 shrink-0 items-center justify-center rounded-control text-subtle-foreground hover:bg-surface-3 hover:text-foreground"
          >
            <ArrowUpRight aria-hidden className="size-4" />
          </Link>
        ) : null}
      </div>
      <FigureValue value={value} className={inks[tone]} />
      {interval !== undefined || n !== undefined ? (
        <p className="flex flex-wrap gap-x-2 text-xs text-muted-foreground tabular-nums">
          {interval === undefined ? null : <span>{interval}</span>}
          {n === undefined ? null : <span>n = {n.toLocaleString("en")}</span>}
        </p>
      ) : null}
      <p className="text-xs text-subtle-foreground">{population}</p>
      {table ? <FigureTable caption={question} {...table} /> : null}
    </section>
  );
}
