import { sql } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { DiscrepancyQuery, DiscrepancySummary } from "../schema";
import { conditionsOf, isBlindFor, summaryColumns, summaryOf, summarySource, type SummaryRow } from "./rows";

/** Discrepancies by keyset, newest first; those of decisions that the reader is still to answer blind are left out. */
export async function listDiscrepancies(
  ctx: Context,
  query: DiscrepancyQuery,
): Promise<List<DiscrepancySummary>> {
  authorize(ctx, "discrepancies.read");
  const { limit, starting_after, ending_before } = query;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await rowsOf<SummaryRow>(
    ctx.db,
    sql`select ${summaryColumns} from ${summarySource}
      where ${conditionsOf(ctx, query)} and not ${isBlindFor(ctx)}
        ${starting_after ? sql`and x.id < ${starting_after}` : sql``}
        ${ending_before ? sql`and x.id > ${ending_before}` : sql``}
      order by x.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`,
  );
  const data = await maskFor(ctx, rows.slice(0, limit).map(summaryOf));
  return {
    object: "list",
    url: "/api/v1/discrepancies",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}
