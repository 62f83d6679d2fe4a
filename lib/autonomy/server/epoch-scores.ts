import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { ofSegment } from "./read-pins";

const mostScores = 20_000;

/** Confidences of a certification period, the newest of very many; nobody looks at their labels here. */
export async function epochScores(ctx: Context, epochId: string): Promise<number[]> {
  const [row] = await rowsOf<{ scores: number[] | null }>(
    ctx.db,
    sql`select json_agg(confidence) as scores from (select confidence from decisions
      where epoch_id = ${epochId} and org_id = ${ctx.orgId} order by id desc limit ${mostScores}) d`,
  );
  return row?.scores ?? [];
}

/** Confidences of a contract's segment from before it: the newest of the last 90 days. */
export async function earlierScores(ctx: Context, contractId: string): Promise<number[]> {
  const [row] = await rowsOf<{ scores: number[] | null }>(
    ctx.db,
    sql`select json_agg(confidence) as scores from (select d.confidence from contracts c join decisions d on ${ofSegment}
      where c.id = ${contractId} and c.org_id = ${ctx.orgId} and d.confidence is not null
        and d.created_at >= now() - interval '90 days' order by d.created_at desc limit ${mostScores}) d`,
  );
  return row?.scores ?? [];
}
