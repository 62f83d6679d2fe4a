import { sql } from "drizzle-orm";
import { z } from "zod";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { DecisionListFilter } from "../list";
import { rowConditions } from "./decision-rows-sql";

export const CountNewDecisions = DecisionListFilter.extend({
  since: z.string().max(64).describe("The newest decision on the screen"),
});

/** The most that is counted: the cost does not grow with what came in. */
export const mostNew = 100;

/** How many decisions that fit the filter are newer than one, counted up to {@link mostNew}. */
export async function countNewDecisions(
  ctx: Context,
  { since, ...filter }: z.output<typeof CountNewDecisions>,
): Promise<number> {
  authorize(ctx, "decisions.read");
  const from = sql`(select created_at from decisions where id = ${since})`;
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (
      select 1 from decisions d where ${rowConditions(ctx, filter)} and d.created_at >= ${from}
        and (d.created_at > ${from} or d.id > ${since}) limit ${mostNew}) counted`,
  );
  return row?.count ?? 0;
}
