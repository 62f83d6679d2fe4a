import { sql } from "drizzle-orm";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { PlanSummary } from "../plans";
import { planRows, planSummaryOf } from "./plan-rows";

/** Sampling plans, newest first, by keyset. */
export async function listPlans(ctx: Context, query: ListQuery): Promise<List<PlanSummary>> {
  authorize(ctx, "audits.read");
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const where = query.starting_after
    ? sql`p.id < ${query.starting_after}`
    : query.ending_before
      ? sql`p.id > ${query.ending_before}`
      : sql`true`;
  const rows = await planRows(ctx, where, backwards ? sql`p.id asc` : sql`p.id desc`, query.limit + 1);
  const page = rows.slice(0, query.limit).map(planSummaryOf);
  return {
    object: "list",
    url: "/api/v1/sampling_plans",
    has_more: rows.length > query.limit,
    data: backwards ? page.toReversed() : page,
  };
}
