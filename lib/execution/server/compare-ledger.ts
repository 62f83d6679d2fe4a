import { sql } from "drizzle-orm";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { Connector } from "../connector";
import { mostFindings, type Finding, type FindingKind, type Findings } from "../reconciliation";
import { applyEvidence, dispute, heldColumns, type HeldExecution } from "./apply-evidence";
import { writeEvidence } from "./desk-row";
import type { LedgerItem, LedgerReading } from "./read-ledger";

/** What is compared: one action's ledger, and whose. */
export type Compared = {
  connectorId: string;
  system: string;
  actionId: string;
  door: Connector;
  /** Our executions whose last send was in this time. */
  fromMs: number;
  toMs: number;
};

export type Tally = { matched: number; findings: Findings };

export function emptyTally(): Tally {
  return { matched: 0, findings: { ours: 0, theirs: 0, foreign: 0, counts: {}, items: [] } };
}

const batch = 500;

/**
 * Compares a ledger with our record, both ways, and does what each difference asks for: what is open and there has
 * succeeded; what has ended otherwise becomes disputed, unless a person has already settled it so. Adds to `tally`.
 */
export async function compareLedger(
  ctx: Context,
  compared: Compared,
  reading: LedgerReading,
  tally: Tally,
): Promise<void> {
  authorize(ctx, "system.run");
  tally.findings.theirs += reading.entries;
  tally.findings.foreign += reading.foreign;
  await compareTheirs(ctx, compared, reading, tally);
  await compareOurs(ctx, compared, reading, tally);
}

type Row = HeldExecution & {
  action_key: string;
  arguments: JsonObject;
  amount: number | null;
  reference: string | null;
  by_person: boolean;
};

// What a person settled last: the ledger was there for them to see, and does not ask again every night.
const columns = sql`${heldColumns}, e.action_key, e.arguments, e.amount::float8 as amount,
  e.external_reference as reference, exists (select 1 from attempts a where a.execution_id = e.id
    and a.kind = 'resolution' and a.request ->> 'status' = e.status) as by_person`;

async function compareTheirs(ctx: Context, compared: Compared, { byKey }: LedgerReading, tally: Tally) {
  const keys = [...byKey.keys()];
  for (let at = 0; at < keys.length; at += batch) {
    const some = keys.slice(at, at + batch);
    const rows = await rowsOf<Row>(
      ctx.db,
      sql`select ${columns} from executions e where e.org_id = ${ctx.orgId}
        and e.connector_id = ${compared.connectorId} and e.action_key = any(${sql.param(some)}::text[])`,
    );
    const ours = new Map(rows.map((row) => [row.action_key, row]));
    for (const key of some) {
      const item = byKey.get(key);
      if (item) await compareOne(ctx, compared, { key, item, row: ours.get(key) }, tally);
    }
  }
}

type Pair = { key: string; item: LedgerItem; row: Row | undefined };

async function compareOne(ctx: Context, compared: Compared, { key, item, row }: Pair, tally: Tally) {
  const add = (kind: FindingKind, sentence: string) => addFinding(tally, { kind, key, row, item, sentence });
  if (!row) return add("unknown_key", `${compared.system} has it under a key that is none of ours`);
  if (item.times > 1) {
    await disputeHeld(ctx, row, {
      outcome: "found",
      sentence: `${compared.system}'s ledger has it ${item.times} times`,
    });
    return add("doubled", `${compared.system} has it ${item.times} times`);
  }
  if (row.status === "succeeded") {
    tally.matched += 1;
    if (item.amount !== null && row.amount !== null && item.amount !== row.amount) {
      add("amount_differs", `Ours is of ${row.amount}, theirs of ${item.amount} minor units`);
    }
    return;
  }
  if (row.status === "in_flight" || row.status === "disputed") return;
  const isEnded = row.status === "failed" || row.status === "cancelled";
  if (isEnded && row.by_person) return add("settled_by_person", `Settled by a person as ${row.status}`);
  const weighed = await takeNews(ctx, compared, { row, item });
  if (weighed === "disputed") add("not_done_here", `Our record says ${row.status}`);
  else if (weighed === "settled") add("found_there", `It was ${row.status}`);
  else if (weighed === "unsent") add("unsent", `It is ${row.status}, and was never sent`);
}

/** Weighs what the ledger has against the execution as it is by now, under its lock. */
function takeNews(ctx: Context, compared: Compared, { row, item }: { row: Row; item: LedgerItem }) {
  return inTransaction(ctx, async (ctx) => {
    const held = await lock(ctx, row.id);
    if (!held || held.status !== row.status) return "noted";
    const weighed = await applyEvidence(ctx, held, {
      news: "succeeded",
      reference: item.reference,
      result: null,
      source: `${compared.system}'s ledger says`,
      attempt: { kind: "ledger", outcome: "found", request: { reference: item.reference } },
    });
    await record(ctx, "execution.reconciled", row.id, { was: row.status, effect: weighed });
    return weighed;
  });
}

async function compareOurs(ctx: Context, compared: Compared, { byKey }: LedgerReading, tally: Tally) {
  const isOurs = sql`e.org_id = ${ctx.orgId} and e.action_id = ${compared.actionId}
    and e.connector_id = ${compared.connectorId} and e.status in ('succeeded', 'unknown', 'dead')
    and e.last_sent_at >= ${new Date(compared.fromMs)} and e.last_sent_at < ${new Date(compared.toMs)}`;
  for (let after = ""; ;) {
    const rows = await rowsOf<Row>(
      ctx.db,
      sql`select ${columns} from executions e where ${isOurs} and e.id > ${after} order by e.id limit ${batch}`,
    );
    for (const row of rows) {
      if (row.status === "succeeded") tally.findings.ours += 1;
      if (!byKey.has(row.action_key)) await compareMissing(ctx, compared, row, tally);
    }
    after = rows.at(-1)?.id ?? "";
    if (rows.length < batch) return;
  }
}

async function compareMissing(ctx: Context, compared: Compared, row: Row, tally: Tally): Promise<void> {
  const add = (kind: FindingKind, sentence: string) =>
    addFinding(tally, { kind, key: row.action_key, row, item: null, sentence });
  if (row.status !== "succeeded") return add("open", `It is ${row.status}`);
  if (row.by_person) return add("settled_by_person", "Settled by a person as succeeded");
  // A list may lag behind what it lists: where the system can be asked for this very act, it is.
  const asked = await askOnce(compared.door, row);
  if (asked === "found") {
    tally.matched += 1;
    return;
  }
  const sentence = `${compared.system}'s ledger has nothing of it`;
  if (asked === "unclear") return add("missing_there", `${sentence}; a look-up gave no clear answer`);
  await disputeHeld(ctx, row, { outcome: "absent", sentence: `${sentence}; our record says succeeded` });
  return add("missing_there", sentence);
}

async function askOnce(door: Connector, row: Row): Promise<"found" | "absent" | "unclear"> {
  if (!door.canLookUp) return "absent";
  try {
    const { lookedUp } = await door.lookup({ actionKey: row.action_key, arguments: row.arguments });
    return lookedUp.outcome === "ambiguous" ? "unclear" : lookedUp.outcome;
  } catch {
    return "unclear";
  }
}

/** Disputes an execution that is still as it was read; the ledger's word is kept among its attempts. */
async function disputeHeld(
  ctx: Context,
  row: Row,
  { outcome, sentence }: { outcome: "found" | "absent"; sentence: string },
): Promise<void> {
  const isFinal = row.status === "succeeded" || row.status === "failed" || row.status === "cancelled";
  if (!isFinal) return;
  await inTransaction(ctx, async (ctx) => {
    const held = await lock(ctx, row.id);
    if (held?.status !== row.status) return;
    await dispute(ctx, held, sentence);
    await writeEvidence(ctx, held, { kind: "ledger", outcome, error: sentence });
    await record(ctx, "execution.reconciled", row.id, { was: row.status, effect: "disputed" });
  });
}

async function lock(ctx: Context, id: string): Promise<HeldExecution | undefined> {
  const [held] = await rowsOf<HeldExecution>(
    ctx.db,
    sql`select ${heldColumns} from executions e where e.id = ${id} and e.org_id = ${ctx.orgId} for update`,
  );
  return held;
}

type NewFinding = Pick<Finding, "kind" | "key" | "sentence"> & {
  row: Row | undefined;
  item: LedgerItem | null;
};

function addFinding({ findings }: Tally, { kind, key, row, item, sentence }: NewFinding): void {
  findings.counts[kind] = (findings.counts[kind] ?? 0) + 1;
  if (findings.items.length >= mostFindings) return;
  const reference = item?.reference ?? row?.reference ?? null;
  findings.items.push({ kind, key, execution_id: row?.id ?? null, reference, sentence });
}
