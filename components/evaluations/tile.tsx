"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import { StatTile } from "@/components/ui/stat-tile";
import { MetricsProblem } from "@/lib/evaluations/client";
import type { Figure } from "@/lib/evaluations/schema";
import { intervalText, rowsHref, valueText } from "./figure-words";

type Props = { question: string; figure: Figure; more?: string; table?: FigureTableProps };
type FigureTableProps = { columns: string[]; rows: (string | number)[][] };

/** One figure with its interval, count, population and weighting. */
export function FigureTile({ question, figure, more, table }: Props) {
  const sentence = [`${figure.population}; ${figure.weighting}`, more].filter(Boolean).join(". ");
  return (
    <StatTile
      question={question}
      value={valueText(figure)}
      interval={intervalText(figure)}
      n={figure.n}
      population={`${sentence}.`}
      href={rowsHref(figure)}
      table={table}
    />
  );
}

type AnsweredProps<T> = {
  query: UseQueryResult<T>;
  /** How much room to keep while it loads. */
  skeleton: string;
  /** How many placeholders stand in for it. */
  count?: number;
  children: (data: T) => ReactNode;
};

/** A tile's own states: loading keeps its room, an error says what to do, old data stays while new data comes. */
export function Answered<T>({ query, skeleton, count = 1, children }: AnsweredProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    const requestId = query.error instanceof MetricsProblem ? query.error.requestId : undefined;
    return (
      <ErrorCard message={query.error.message} requestId={requestId} onRetry={() => void query.refetch()} />
    );
  }
  return Array.from({ length: count }, (_, at) => <Skeleton key={at} className={skeleton} />);
}
