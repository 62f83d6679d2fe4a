import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/**
 * How far the events were read. A row with a lower id may be committed after one with a higher id, so the last ones are
 * looked at again; `done` names those of them that were told, and `told` the hourly news of channels.
 */
export type Mark = { upTo: number; done: number[]; told: string[] };

const key = "notices.watermark";
export const lookBack = 2000;

/** The mark, held until the transaction ends; undefined while another worker holds it. */
export async function holdMark(ctx: Context): Promise<Mark | undefined> {
  const [row] = await rowsOf<{ value: Mark }>(
    ctx.db,
    sql`select value from settings where org_id = ${ctx.orgId} and key = ${key} for update skip locked`,
  );
  if (row) return row.value;
  // The first look begins a little before now: what a worker did before it counts, last year's does not.
  await rowsOf(
    ctx.db,
    sql`insert into settings (org_id, key, value)
      select ${ctx.orgId}, ${key}, jsonb_build_object('upTo', greatest(0, coalesce(max(id), 0) - ${lookBack}::int), 'done', '[]'::jsonb, 'told', '[]'::jsonb)
      from events on conflict do nothing`,
  );
  return undefined;
}

export async function keepMark(ctx: Context, mark: Mark): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update settings set value = ${JSON.stringify(mark)}::jsonb, updated_at = now()
      where org_id = ${ctx.orgId} and key = ${key}`,
  );
}
