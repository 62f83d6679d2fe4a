import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ReconciliationFilter, ReconciliationView } from "../reconciliation";
import { readReconciliations } from "./read-reconciliations";

/** Comparisons with systems' ledgers, newest first, by keyset on their id. */
export async function listReconciliations(
  ctx: Context,
  filter: ReconciliationFilter,
): Promise<List<ReconciliationView>> {
  authorize(ctx, "reconciliations.read");
  const parts = [
    sql`true`,
    filter.connector_id ? sql`r.connector_id = ${filter.connector_id}` : undefined,
    filter.starting_after ? sql`r.id < ${filter.starting_after}` : undefined,
  ].filter((part) => part !== undefined);
  const found = await readReconciliations(ctx, {
    where: sql.join(parts, sql` and `),
    limit: filter.limit + 1,
  });
  return {
    object: "list",
    url: "/api/v1/reconciliations",
    has_more: found.length > filter.limit,
    data: found.slice(0, filter.limit),
  };
}

/** One comparison with its findings. Throws `not_found`. */
export async function getReconciliation(ctx: Context, { id }: { id: string }): Promise<ReconciliationView> {
  authorize(ctx, "reconciliations.read");
  const [view] = await readReconciliations(ctx, { where: sql`r.id = ${id}`, limit: 1 });
  if (!view) throw new DomainError("not_found", `There is no reconciliation ${id.slice(0, 64)}.`);
  return view;
}

/** The connectors whose ledger can be compared, by name. */
export async function listLedgers(ctx: Context): Promise<{ id: string; name: string }[]> {
  authorize(ctx, "reconciliations.read");
  return rowsOf<{ id: string; name: string }>(
    ctx.db,
    sql`select c.id, c.name from connectors c where c.org_id = ${ctx.orgId} and ${hasLedger} order by c.name limit 200`,
  );
}

/** True of a connector `c` that says of one of its actions how the system's own list is read. */
export const hasLedger = sql`exists (select 1 from connector_actions a where a.connector_id = c.id
  and jsonb_typeof(a.config -> 'ledger') = 'object')`;
