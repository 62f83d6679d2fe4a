import { sql } from "drizzle-orm";
import { driftReferenceKey, isDriftConfirmed } from "@/lib/autonomy/server/is-drift-confirmed";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { leastInWindow } from "../drift";
import type { ReferenceSource } from "@/lib/kernel/drift-references";
import type { ReferenceMode } from "../vocabulary";
import { countWindow, type Pair, type Span } from "./read-drift-window";

const dayMs = 86_400_000;
const referenceDays = 28;

export type Reference = Span & { source: ReferenceSource };

/** What an admin said: a window, or that it moves along; null: as usual, which is pinned. */
export type Declared = Span | { mode: "trailing" } | null;

/** The setting that keeps the window that was pinned by itself. */
export function pinnedReferenceKey({ appId, typeId }: Pair): string {
  return `drift.pinned.${appId}.${typeId}`;
}

/**
 * The reference of a window that begins at `from`: what an admin declared; else the period that certified what runs alone;
 * else what was pinned when 28 days existed; else, moving along, the certification period before or the 28 days before.
 * One that reaches into the window, or holds too little by now, is passed over.
 */
export async function readReference(ctx: Context, pair: Pair, from: string): Promise<Reference> {
  const found = await readFound(ctx, pair, from);
  const { declared } = found;
  const candidates: (Reference | null)[] = [
    spanOf(declared, "declared"),
    ...(modeOf(declared) === "pinned"
      ? [spanOf(found.certified, "certified"), spanOf(found.pinned, "pinned")]
      : []),
    spanOf(found.epoch, "epoch"),
  ];
  for (const one of candidates) {
    if (one === null || one.to > from) continue;
    if (one.source === "declared" || (await countWindow(ctx, pair, one, leastInWindow)) >= leastInWindow)
      return one;
  }
  return { from: daysBefore(from), to: from, source: "days" };
}

/** Whether a reference moves along with the window by a person's will. */
export function modeOf(declared: Declared): ReferenceMode {
  return declared !== null && "mode" in declared ? "trailing" : "pinned";
}

function spanOf(span: Declared, source: ReferenceSource): Reference | null {
  return span !== null && "from" in span ? { from: span.from, to: span.to, source } : null;
}

type Found = { declared: Declared; pinned: Span | null; certified: Span | null; epoch: Span | null };

const stamp = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

async function readFound(ctx: Context, pair: Pair, from: string): Promise<Found> {
  const ofPair = sql`c.org_id = ${ctx.orgId} and c.app_id = ${pair.appId} and c.type_id = ${pair.typeId}`;
  const [found] = await rowsOf<Found>(
    ctx.db,
    sql`select
      (select value from settings where org_id = ${ctx.orgId} and key = ${driftReferenceKey(pair)} and value <> 'null'::jsonb) as declared,
      (select value from settings where org_id = ${ctx.orgId} and key = ${pinnedReferenceKey(pair)}) as pinned,
      (select json_build_object('from', ${stamp("e.started_at")}, 'to', ${stamp("h.created_at")})
        from contract_epochs e join contracts c on c.id = e.contract_id
        cross join lateral (select created_at from contract_changes h where h.contract_id = c.id and h.epoch_id = e.id
          and h.kind = 'promoted' order by h.id limit 1) h
        where ${ofPair} and h.created_at <= ${from}::timestamptz order by h.created_at desc limit 1) as certified,
      (select json_build_object('from', ${stamp("e.started_at")}, 'to', ${stamp("e.ended_at")})
        from contract_epochs e join contracts c on c.id = e.contract_id
        where ${ofPair} and e.ended_at <= ${from}::timestamptz and e.ended_at >= ${daysBefore(from)}::timestamptz
        order by e.ended_at desc limit 1) as epoch`,
  );
  return found ?? { declared: null, pinned: null, certified: null, epoch: null };
}

/**
 * Pins the 28 days before a window that begins at `from` where so many exist and nothing was pinned before; not while a
 * drift stands, which would make it the usual. Told and journaled, once however many workers try.
 */
export async function pinReference(ctx: Context, pair: Pair, from: string): Promise<void> {
  const window = { from: daysBefore(from), to: from };
  const [row] = await rowsOf<{ due: boolean }>(
    ctx.db,
    sql`select not exists (select 1 from settings where org_id = ${ctx.orgId} and key = ${pinnedReferenceKey(pair)})
      and exists (select 1 from decisions d where d.org_id = ${ctx.orgId} and d.app_id = ${pair.appId} and d.type_id = ${pair.typeId}
        and not d.measure and d.created_at < ${window.from}::timestamptz + interval '1 day') as due`,
  );
  if (!row?.due || (await isDriftConfirmed(ctx, pair))) return;
  if ((await countWindow(ctx, pair, window, leastInWindow)) < leastInWindow) return;
  await pin(ctx, pair, window);
}

/**
 * Pins the days before a drift that was just confirmed, in its transaction: moving along, the reference would take in what
 * has shifted, and then find a drift in what is usual again.
 */
export async function pinBeforeDrift(ctx: Context, pair: Pair, day: string): Promise<void> {
  const [found] = await rowsOf<{ reference: Reference; declared: Declared }>(
    ctx.db,
    sql`select detail -> 'reference' as reference, (select value from settings where org_id = ${ctx.orgId}
        and key = ${driftReferenceKey(pair)} and value <> 'null'::jsonb) as declared
      from drift_checks where org_id = ${ctx.orgId} and app_id = ${pair.appId} and type_id = ${pair.typeId}
        and state = 'suspected' and detail is not null and day < ${day} order by day desc limit 1`,
  );
  if (!found || found.reference.source !== "days" || modeOf(found.declared) === "trailing") return;
  await pin(ctx, pair, { from: found.reference.from, to: found.reference.to });
}

async function pin(ctx: Context, pair: Pair, window: Span): Promise<void> {
  const system: Context = { ...ctx, actor: { kind: "system", id: "drift" } };
  await inTransaction(system, async (ctx) => {
    const pinned = await rowsOf(
      ctx.db,
      sql`insert into settings (org_id, key, value) values (${ctx.orgId}, ${pinnedReferenceKey(pair)}, ${JSON.stringify(window)}::jsonb)
        on conflict do nothing returning key`,
    );
    if (pinned.length === 0) return;
    const subject = `${pair.appId}/${pair.typeId}`;
    await emit(ctx, { type: "drift.reference_set", subject, data: { did: "pinned", ...window } });
    await record(ctx, "drift.reference_pinned", subject, window);
  });
}

function daysBefore(from: string): string {
  return new Date(Date.parse(from) - referenceDays * dayMs).toISOString();
}
