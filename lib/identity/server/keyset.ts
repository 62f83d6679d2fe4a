import { asc, desc, gt, lt, type Column, type SQL } from "drizzle-orm";
import type { ListQuery } from "@/lib/kernel/list";

/** The condition and order of one keyset page by a time-ordered id, newest first; one row more tells of a next page. */
export function keyset(id: Column, page: ListQuery): { where: SQL | undefined; orderBy: SQL; limit: number } {
  const back = page.ending_before !== undefined;
  const where = back
    ? gt(id, page.ending_before)
    : page.starting_after === undefined
      ? undefined
      : lt(id, page.starting_after);
  return { where, orderBy: back ? asc(id) : desc(id), limit: page.limit + 1 };
}

/** Cuts what {@link keyset} read to its page, newest first. */
export function pageOf<T>(rows: T[], page: ListQuery): { rows: T[]; hasMore: boolean } {
  const hasMore = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  return { rows: page.ending_before === undefined ? kept : kept.toReversed(), hasMore };
}
