import { sql } from "drizzle-orm";
import { actionConfigOf, type StoredActionConfig } from "@/lib/apps/action-config";
import { connectorConfigOf, type StoredConnectorConfig } from "@/lib/apps/connector-config";
import type { ConnectorClass, ConnectorKind } from "@/lib/apps/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { log } from "@/lib/server/log";
import { rowsOf } from "@/lib/server/rows";
import type { Stretch } from "../ledger-page";
import { compareLedger, emptyTally, type Tally } from "./compare-ledger";
import { connectorOf } from "./connectors/connector-of";
import { readLedger, type LedgerReading } from "./read-ledger";

const leaseMinutes = 10;
/** A ledger is read this much further than what is compared: clocks differ, and a later send may repeat an earlier one. */
const marginMs = 3_600_000;

type Claimed = { id: string; connector_id: string; name: string; from_ms: number; to_ms: number };

/**
 * Does one comparison that waits (lib/execution/server/start-reconciliation.ts): reads the ledger of each action that
 * has one, outside any transaction, and compares it with our record both ways. Answers how many it did: 0 or 1.
 */
export async function reconcileConnector(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const claimed = await claim(ctx);
  if (!claimed) return 0;
  const tally = emptyTally();
  let error: string | null = null;
  try {
    await compareEach(ctx, claimed, tally);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message.slice(0, 500) : "It could not be compared";
    log.warn({ err: thrown, reconciliation: claimed.id }, "a ledger could not be compared");
  }
  await finish(ctx, claimed, { tally, error });
  return 1;
}

async function claim(ctx: Context): Promise<Claimed | undefined> {
  const [claimed] = await rowsOf<Claimed>(
    ctx.db,
    sql`update reconciliations r set lease_until = now() + make_interval(mins => ${leaseMinutes})
      from connectors c where c.id = r.connector_id and r.id = (select id from reconciliations
        where org_id = ${ctx.orgId} and status = 'running' and (lease_until is null or lease_until < now())
        order by id limit 1 for update skip locked)
      returning r.id, r.connector_id, c.name, extract(epoch from r.from_at)::float8 * 1000 as from_ms,
        extract(epoch from r.to_at)::float8 * 1000 as to_ms`,
  );
  return claimed;
}

type ActionRow = {
  id: string;
  config: StoredActionConfig;
  connector_config: StoredConnectorConfig;
  kind: ConnectorKind;
  class: ConnectorClass;
  secret: string | null;
};

async function compareEach(ctx: Context, claimed: Claimed, tally: Tally): Promise<void> {
  const rows = await rowsOf<ActionRow>(
    ctx.db,
    sql`select a.id, a.config, c.config as connector_config, c.kind, c.class, c.secret
      from connector_actions a join connectors c on c.id = a.connector_id
      where a.connector_id = ${claimed.connector_id} and jsonb_typeof(a.config -> 'ledger') = 'object' order by a.id`,
  );
  for (const row of rows) {
    const { id: connectorId, name: system } = { id: claimed.connector_id, name: claimed.name };
    const door = connectorOf({ ...row, connectorId, config: row.connector_config, actionConfig: row.config });
    const stretch = await stretchOf(ctx, claimed, row.id);
    const reading = await readThrough(ctx, claimed, { row, door, stretch });
    const { from_ms: fromMs, to_ms: toMs } = claimed;
    const compared = { connectorId, system, actionId: row.id, door, fromMs, toMs };
    await compareLedger({ ...ctx, now: new Date() }, compared, reading, tally);
  }
}

type Through = { row: ActionRow; door: ReturnType<typeof connectorOf>; stretch: Stretch };

async function readThrough(
  ctx: Context,
  claimed: Claimed,
  { row, door, stretch }: Through,
): Promise<LedgerReading> {
  const { ledger } = actionConfigOf(row.config);
  const connector = connectorConfigOf({ kind: row.kind, config: row.connector_config });
  if (!ledger || !("base_url" in connector)) return { byKey: new Map(), foreign: 0, entries: 0 };
  const basePath = new URL(connector.base_url).pathname.replace(/\/+$/, "");
  return readLedger({ door, basePath, ledger }, stretch, () => renew(ctx, claimed.id));
}

// What was sent again stands in the ledger under the time of its first send.
async function stretchOf(ctx: Context, { from_ms, to_ms }: Claimed, actionId: string): Promise<Stretch> {
  const [first] = await rowsOf<{ ms: number | null }>(
    ctx.db,
    sql`select extract(epoch from min(first_sent_at))::float8 * 1000 as ms from executions
      where org_id = ${ctx.orgId} and action_id = ${actionId} and last_sent_at >= ${new Date(from_ms)}
        and last_sent_at < ${new Date(to_ms)}`,
  );
  return { fromMs: Math.min(from_ms, first?.ms ?? from_ms) - marginMs, toMs: to_ms + marginMs };
}

async function renew(ctx: Context, id: string): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`update reconciliations set lease_until = now() + make_interval(mins => ${leaseMinutes}) where id = ${id}`,
  );
}

function finish(
  ctx: Context,
  { id, connector_id }: Claimed,
  { tally, error }: { tally: Tally; error: string | null },
): Promise<void> {
  const status = error === null ? "done" : "failed";
  return inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`update reconciliations set status = ${status}, matched = ${tally.matched}, error = ${error},
          findings = ${JSON.stringify(tally.findings)}::jsonb, finished_at = now(), lease_until = null
        where id = ${id} and status = 'running'`,
    );
    const { ours, theirs, counts } = tally.findings;
    const data = { connector: connector_id, status, matched: tally.matched, ours, theirs, counts };
    await emit(ctx, { type: "reconciliation.finished", subject: id, data });
    await record(ctx, "reconciliation.finished", id, data);
  });
}
