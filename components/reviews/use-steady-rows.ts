"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchReviews, inboxQuery, type InboxFilter, reviewList } from "@/lib/reviews/client";
import type { ReviewSummary } from "@/lib/reviews/schema";
import { usePassed } from "./passed";

export type InboxRow = ReviewSummary & {
  /** Somebody ruled on it or took it elsewhere since it was shown. */
  gone: boolean;
};

type Shown = { of: string; rows: ReviewSummary[]; more: boolean; takenAt: number };

/**
 * The rows of an inbox list that stay where they are: what changes is written into its row, what left is dimmed, and
 * what is new waits behind `fresh` until the person asks for it.
 */
export function useSteadyRows(filter: InboxFilter) {
  const { data, isFetching, error, refetch, dataUpdatedAt } = useQuery({
    ...reviewList(filter),
    // The truth when live updates are cut off.
    refetchInterval: 30_000,
  });
  const passed = usePassed();
  const of = inboxQuery(filter);
  const [shown, setShown] = useState<Shown>({ of: "", rows: [], more: false, takenAt: 0 });
  const [loadingMore, setLoadingMore] = useState(false);

  function take(): void {
    if (data) setShown({ of, rows: data.data, more: data.has_more, takenAt: dataUpdatedAt });
  }
  // Another list, or nothing that could shift: what has come is shown at once.
  const stale = shown.of !== of || (shown.rows.length === 0 && shown.takenAt !== dataUpdatedAt);
  if (data && stale) take();

  async function loadMore(): Promise<void> {
    setLoadingMore(true);
    try {
      const next = await fetchReviews(filter, shown.rows.at(-1)?.id);
      setShown((was) => ({ ...was, rows: [...was.rows, ...next.data], more: next.has_more }));
    } finally {
      setLoadingMore(false);
    }
  }

  const isDone = (id: string) => filter.tab !== "resolved" && passed.has(id);
  const newest = data?.data ?? [];
  const byId = new Map(newest.map((row) => [row.id, row]));
  const known = new Set(shown.rows.map(({ id }) => id));
  const rows: InboxRow[] = shown.rows
    .filter(({ id }) => !isDone(id))
    .map((row, at) => {
      const now = byId.get(row.id);
      const looked = at < newest.length || data?.has_more === false;
      return now ? { ...now, gone: false } : { ...row, gone: looked && dataUpdatedAt > shown.takenAt };
    });
  const fresh = newest.filter(
    ({ id, opened_at }) => !known.has(id) && !isDone(id) && Date.parse(opened_at) > shown.takenAt - 60_000,
  );
  return {
    rows,
    fresh: fresh.length,
    take,
    more: shown.more ? loadMore : undefined,
    loadingMore,
    isFetching,
    error,
    refetch,
    loaded: data !== undefined,
  };
}
