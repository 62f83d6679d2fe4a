import { asc, desc, gt, lt, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";

export type PageQuery = { limit: number; starting_after?: string; ending_before?: string };
type Page = { where: SQL | undefined; order: SQL; limit: number };

/**
 * One keyset page over time-ordered ids, newest first. `read` runs the query it is given; one row more than the
 * page is asked for, to know whether there are more.
 */
export async function pageRows<T extends { id: string }>(
  url: string,
  query: PageQuery,
  column: PgColumn,
  read: (page: Page) => Promise<T[]>,
): Promise<List<T>> {
  const { limit, starting_after: after, ending_before: before } = query;
  if (after !== undefined && before !== undefined) {
    throw new DomainError("invalid", "Send starting_after or ending_before, not both", {
      code: "validation_failed",
      errors: [
        { pointer: "/query/ending_before", code: "conflicting", message: "stands beside starting_after" },
      ],
    });
  }
  const backwards = before !== undefined;
  const where = backwards ? gt(column, before) : after === undefined ? undefined : lt(column, after);
  const rows = await read({ where, order: backwards ? asc(column) : desc(column), limit: limit + 1 });
  const data = rows.slice(0, limit);
  return { object: "list", url, has_more: rows.length > limit, data: backwards ? data.toReversed() : data };
}
