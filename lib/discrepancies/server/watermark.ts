import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/**
 * How far the events were read. A row with a lower id may be committed after one with a higher id, so the last ones are
 * looked at again; `done` names those of them that were seen to.
 */
type Mark = { upTo: number; done: number[] };

const key = "discrepancies.watermark";
export const lookBack = 5000;

/** The mark, held until the transaction ends; undefined while another worker holds it. The first look begins at the first event. */
export async function holdMark(ctx: Context): Promise<Mark | undefined> {
  const [row] = await rowsOf<{ value: Mark }>(
    ctx.db,
    sql`select value from settings where org_id = ${ctx.orgId} and key = ${key} for update skip locked`,
  );
  if (row) return row.value;
  await rowsOf(
    ctx.db,
    sql`insert into settings (org_id, key, value)
      values (${ctx.orgId}, ${key}, '{"upTo": 0, "done": []}'::jsonb) on conflict do nothing`,
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
