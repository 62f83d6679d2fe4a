import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DiscrepancyQuery } from "../schema";
import { discrepancyStatuses, type DiscrepancyStatus } from "../vocabulary";
import { conditionsOf } from "./rows";

/** How many there are in each status, under the rest of a filter. */
export async function countDiscrepancies(
  ctx: Context,
  filter: Pick<DiscrepancyQuery, "app" | "cause" | "pair" | "issue">,
): Promise<Record<DiscrepancyStatus, number>> {
  authorize(ctx, "discrepancies.read");
  const rows = await rowsOf<{ status: DiscrepancyStatus; n: number }>(
    ctx.db,
    sql`select x.status, count(*)::int as n from discrepancies x where ${conditionsOf(ctx, filter)} group by x.status`,
  );
  const counted = new Map(rows.map(({ status, n }) => [status, n]));
  const of = (status: DiscrepancyStatus) => counted.get(status) ?? 0;
  const [open, proposed, confirmed, dismissed] = discrepancyStatuses;
  return {
    [open]: of(open),
    [proposed]: of(proposed),
    [confirmed]: of(confirmed),
    [dismissed]: of(dismissed),
  };
}
