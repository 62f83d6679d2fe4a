import { sql } from "drizzle-orm";
import { findConnector } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { longestStretchMs, type ReconciliationView, type StartReconciliation } from "../reconciliation";
import { emptyTally } from "./compare-ledger";
import { hasLedger } from "./list-reconciliations";
import { readReconciliations } from "./read-reconciliations";

const dayMs = 86_400_000;

/**
 * Asks for a comparison of our record with a connector's ledger; a worker does it. One that already waits for the same
 * connector is answered instead of a second. Throws `no_ledger` and `not_found`.
 */
export async function startReconciliation(
  ctx: Context,
  input: StartReconciliation,
): Promise<ReconciliationView> {
  authorize(ctx, "reconciliations.run");
  const connector = await findConnector(ctx, input.connector);
  const [ledger] = await rowsOf<{ now: number }>(
    ctx.db,
    sql`select extract(epoch from now())::float8 * 1000 as now from connectors c where c.id = ${connector.id} and ${hasLedger}`,
  );
  if (!ledger) {
    throw new DomainError("conflict", `${connector.name} does not say how its ledger is read.`, {
      code: "no_ledger",
    });
  }
  const toMs = Math.min(input.to ? Date.parse(input.to) : ledger.now, ledger.now);
  const fromMs = input.from ? Date.parse(input.from) : toMs - dayMs;
  requireStretch(fromMs, toMs);
  return inTransaction(ctx, async (ctx) => {
    const { id } = await insertOnce(ctx, {
      connectorId: connector.id,
      fromMs,
      toMs,
      by: actorName(ctx.actor),
    });
    const [view] = await readReconciliations(ctx, { where: sql`r.id = ${id}`, limit: 1 });
    if (!view) throw new DomainError("not_found", "There is no such reconciliation.");
    await record(ctx, "reconciliation.asked", id, { connector: connector.id, from: view.from, to: view.to });
    return view;
  });
}

function requireStretch(fromMs: number, toMs: number): void {
  const error = fromMs >= toMs ? "must be before to" : "is more than 31 days before to";
  if (fromMs < toMs && toMs - fromMs <= longestStretchMs) return;
  throw new DomainError("invalid", `/from: ${error}`, {
    code: "validation_failed",
    errors: [{ pointer: "/from", code: "out_of_range", message: error }],
  });
}

export type NewReconciliation = { connectorId: string; fromMs: number; toMs: number; by: string };

/** Writes a comparison down for a worker, unless one of the connector waits already; answers its id. */
export async function insertOnce(
  ctx: Context,
  made: NewReconciliation,
): Promise<{ id: string; isNew: boolean }> {
  // One at a time for each connector: two at once would ask and write the same.
  await rowsOf(ctx.db, sql`select 1 from connectors where id = ${made.connectorId} for no key update`);
  const [waiting] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from reconciliations where org_id = ${ctx.orgId} and connector_id = ${made.connectorId}
      and status = 'running' limit 1`,
  );
  if (waiting) return { id: waiting.id, isNew: false };
  const id = newId("reconciliation");
  await rowsOf(
    ctx.db,
    sql`insert into reconciliations (id, org_id, connector_id, from_at, to_at, status, findings, requested_by)
      values (${id}, ${ctx.orgId}, ${made.connectorId}, ${new Date(made.fromMs)}, ${new Date(made.toMs)}, 'running',
        ${JSON.stringify(emptyTally().findings)}::jsonb, ${made.by})`,
  );
  return { id, isNew: true };
}
