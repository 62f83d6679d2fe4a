import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

// A draw changes the propensities of audits that are there; whoever copies one meanwhile would keep the old one.
const drawing = (ctx: Context) => sql`hashtextextended(${`audit_draw:${ctx.orgId}`}, 0)`;

/** Until the transaction ends no plan is drawn: what is read of a propensity stays true. */
export async function sharePropensities(ctx: Context): Promise<void> {
  await rowsOf(ctx.db, sql`select pg_advisory_xact_lock_shared(${drawing(ctx)})`);
}

/** Until the transaction ends nobody opens or judges an audit, and no other plan is drawn. */
export async function holdPropensities(ctx: Context): Promise<void> {
  await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(${drawing(ctx)})`);
}
