import { and, eq, sql } from "drizzle-orm";
import { decisionTypes } from "@/db/schema";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { compareValues, type Judged } from "../drift";
import { featuresOf } from "../drift-features";
import type { DriftState } from "../vocabulary";
import { spansOf, type Spans } from "./drift-spans";
import { readDriftWindow, valuesOf, type Pair } from "./read-drift-window";

/** A comparison still to be judged with the others of its day. */
export type PairFeature = {
  pair: Pair;
  feature: string;
  spans: Spans;
  decisions: { reference: number; current: number };
};
export type ComparedFeature = Judged<PairFeature>;

/** Compares an app's decisions of a type, feature by feature; nothing where a window holds too little. */
export async function comparePair(
  ctx: Context,
  pair: Pair,
  at: { day: string; nowMs: number },
): Promise<ComparedFeature[]> {
  const spans = await spansOf(ctx, pair, at);
  if (!spans) return [];
  const [type] = await ctx.db
    .select({ inputSchema: decisionTypes.inputSchema, segments: decisionTypes.segments })
    .from(decisionTypes)
    .where(and(eq(decisionTypes.id, pair.typeId), eq(decisionTypes.orgId, ctx.orgId)));
  const features = featuresOf(type?.inputSchema ?? {}, type?.segments ?? []);
  const reference = await readDriftWindow(ctx, { pair, span: spans.reference, features });
  const current = await readDriftWindow(ctx, { pair, span: spans.current, features });
  const decisions = { reference: reference.n, current: current.n };
  const before = await statesBefore(ctx, pair, { day: at.day, from: spans.current.from });
  return features.flatMap((feature, index) => {
    const values = valuesOf(feature, index, { reference, current });
    const comparison = compareValues(values.reference, values.current);
    if (!comparison) return [];
    const key = { pair, feature: feature.name, spans, decisions };
    return [{ key, comparison, before: before.get(feature.name) }];
  });
}

/** What each feature's last check said whose window ended before this one begins. */
async function statesBefore(
  ctx: Context,
  { appId, typeId }: Pair,
  { day, from }: { day: string; from: string },
): Promise<Map<string, DriftState>> {
  const rows = await rowsOf<{ feature: string; state: DriftState }>(
    ctx.db,
    sql`select distinct on (feature) feature, state from drift_checks
      where org_id = ${ctx.orgId} and app_id = ${appId} and type_id = ${typeId} and method in ('ks', 'chi_square')
        and day < ${day} and detail ->> 'to' <= ${from}
      order by feature, day desc`,
  );
  return new Map(rows.map(({ feature, state }) => [feature, state]));
}
