"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorCard } from "@/components/ui/error-card";
import { Skeleton } from "@/components/ui/skeleton";
import { MetricsProblem } from "@/lib/evaluations/client";

type Props<T> = {
  query: UseQueryResult<T>;
  /** How much room to keep while it loads. */
  skeleton: string;
  children: (data: T) => ReactNode;
};

/** A tile's own states: loading keeps its room, an error says what to do, old data stays while new data comes. */
export function Answered<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    const requestId = query.error instanceof MetricsProblem ? query.error.requestId : undefined;
    return (
      <ErrorCard message={query.error.message} requestId={requestId} onRetry={() => void query.refetch()} />
    );
  }
  return <Skeleton className={skeleton} />;
}
