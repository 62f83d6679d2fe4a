import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

const days = 7;

/** Confidences of a certification period over its latest days, and how many days these are (at least one). */
export type Recent = { scores: number[]; days: number; total: number };

const mostScores = 20_000;

/** What came in of a certification period in the last week; of very many, the newest stand for all. */
export async function recentScores(ctx: Context, epochId: string): Promise<Recent> {
  const [row] = await rowsOf<{ total: number; days: number; scores: number[] | null }>(
    ctx.db,
    sql`with recent as (select id, confidence, created_at from decisions
        where epoch_id = ${epochId} and org_id = ${ctx.orgId} and created_at >= now() - make_interval(days => ${days}))
      select (select count(*) from recent)::int as total,
        greatest(1, extract(epoch from now() - (select min(created_at) from recent)) / 86400)::float8 as days,
        (select json_agg(confidence) from (select confidence from recent order by id desc limit ${mostScores}) newest) as scores`,
  );
  return { scores: row?.scores ?? [], days: row?.days ?? 1, total: row?.total ?? 0 };
}

/** How many a day reach a threshold. */
export function reaching({ scores, days, total }: Recent, threshold: number): number {
  if (scores.length === 0) return 0;
  return ((scores.filter((score) => score >= threshold).length / scores.length) * total) / days;
}
