import { sql } from "drizzle-orm";
import { driftReferenceKey } from "@/lib/autonomy/server/is-drift-confirmed";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { leastInWindow } from "../drift";
import { countWindow, type Pair, type Span } from "./read-drift-window";

const dayMs = 86_400_000;
const referenceDays = 28;

export type ReferenceSource = "declared" | "epoch" | "days";
export type Spans = { current: Span; reference: Span & { source: ReferenceSource } };

/**
 * What is compared with what on a UTC day: the day itself, or the week that ends on a Sunday where a day holds too little;
 * against a window that a person declared, else the certification period before, else the 28 days before. Null where
 * there is too little of either. Windows of following checks never overlap.
 */
export async function spansOf(
  ctx: Context,
  pair: Pair,
  { day, nowMs }: { day: string; nowMs: number },
): Promise<Spans | null> {
  const current = await currentSpan(ctx, pair, { day, nowMs });
  if (!current) return null;
  const reference = await referenceSpan(ctx, pair, current);
  const n = await countWindow(ctx, pair, reference, leastInWindow);
  return n < leastInWindow ? null : { current, reference };
}

async function currentSpan(
  ctx: Context,
  pair: Pair,
  { day, nowMs }: { day: string; nowMs: number },
): Promise<Span | null> {
  const start = Date.parse(`${day}T00:00:00Z`);
  const end = Math.min(start + dayMs, nowMs);
  const isSunday = new Date(start).getUTCDay() === 0;
  for (const days of isSunday ? [1, 7] : [1]) {
    const span = { from: iso(start - (days - 1) * dayMs), to: iso(end) };
    if ((await countWindow(ctx, pair, span, leastInWindow)) >= leastInWindow) return span;
  }
  return null;
}

type Found = { declared: Span | null; epoch: Span | null };

async function referenceSpan(ctx: Context, pair: Pair, { from }: Span): Promise<Spans["reference"]> {
  const since = iso(Date.parse(from) - referenceDays * dayMs);
  const [found] = await rowsOf<Found>(
    ctx.db,
    sql`select (select value from settings where org_id = ${ctx.orgId} and key = ${driftReferenceKey(pair)} and value <> 'null'::jsonb) as declared,
      (select json_build_object('from', to_char(e.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'to', to_char(e.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        from contract_epochs e join contracts c on c.id = e.contract_id
        where c.org_id = ${ctx.orgId} and c.app_id = ${pair.appId} and c.type_id = ${pair.typeId}
          and e.ended_at <= ${from}::timestamptz and e.ended_at >= ${since}::timestamptz
        order by e.ended_at desc limit 1) as epoch`,
  );
  const { declared, epoch } = found ?? { declared: null, epoch: null };
  if (declared && declared.to <= from) return { ...declared, source: "declared" };
  if (epoch && (await countWindow(ctx, pair, epoch, leastInWindow)) >= leastInWindow)
    return { ...epoch, source: "epoch" };
  return { from: since, to: from, source: "days" };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
