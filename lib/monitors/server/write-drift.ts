import { sql } from "drizzle-orm";
import { isDriftConfirmed } from "@/lib/autonomy/server/is-drift-confirmed";
import { lowerAudits } from "@/lib/autonomy/server/lower-audits";
import { raiseAudits } from "@/lib/autonomy/server/raise-audits";
import { newId } from "@/lib/kernel/ids";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { judgeDay } from "../drift";
import { pinBeforeDrift } from "./drift-reference";
import type { PairFeature } from "./pair-comparison";
import type { Pair } from "./read-drift-window";

export type JudgedFeature = ReturnType<typeof judgeDay<PairFeature>>[number];

/** Customers' own words are in what is stored for screens, never in the journal: it gets at most so many names of features. */
const mostNamed = 20;

/**
 * Writes a pair's judged checks of a day and does what they come to: a newly confirmed drift doubles audits and is told;
 * one that is over lets them go back.
 */
export async function writeDrift(
  ctx: Context,
  { pair, day, judged }: { pair: Pair; day: string; judged: readonly JudgedFeature[] },
): Promise<void> {
  const system: Context = { ...ctx, actor: { kind: "system", id: "drift" } };
  await inTransaction(system, async (ctx) => {
    // Two that check the same at once: the second waits, and sees what the first confirmed.
    await rowsOf(
      ctx.db,
      sql`select pg_advisory_xact_lock(hashtextextended(${`drift:${ctx.orgId}:${pair.appId}:${pair.typeId}`}, 0))`,
    );
    const wasShifted = await isDriftConfirmed(ctx, pair);
    await insertChecks(ctx, { day, judged });
    const confirmed = judged.filter(({ state }) => state === "confirmed").map(({ key }) => key.feature);
    if (confirmed.length > 0 && !wasShifted) await confirmDrift(ctx, { pair, day, confirmed });
    else if (confirmed.length === 0) await lowerAudits(ctx, pair);
  });
}

async function insertChecks(
  ctx: Context,
  { day, judged }: { day: string; judged: readonly JudgedFeature[] },
): Promise<void> {
  const rows = judged.flatMap((one) => checksOf(one));
  if (rows.length === 0) return;
  await rowsOf(
    ctx.db,
    sql`insert into drift_checks (id, org_id, app_id, type_id, day, feature, method, value, p, q, n_reference, n_current, state, detail)
      select id, ${ctx.orgId}, app_id, type_id, ${day}, feature, method, value, p, q, n_reference, n_current, state, detail
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, app_id text, type_id text, feature text, method text,
        value float8, p float8, q float8, n_reference int, n_current int, state text, detail jsonb)
      on conflict (app_id, type_id, day, feature, method) do update set value = excluded.value, p = excluded.p, q = excluded.q,
        n_reference = excluded.n_reference, n_current = excluded.n_current, state = excluded.state, detail = excluded.detail,
        created_at = now()`,
  );
}

function checksOf({ key, comparison, q, state }: JudgedFeature) {
  const { psi, js, test, nReference, nCurrent, newCategories, shares } = comparison;
  const shared = {
    app_id: key.pair.appId,
    type_id: key.pair.typeId,
    feature: key.feature,
    n_reference: nReference,
    n_current: nCurrent,
    state,
  };
  const { current, reference } = key.spans;
  const detail = { ...current, reference, decisions: key.decisions, new_categories: newCategories, shares };
  return [
    { ...shared, id: newId("driftCheck"), method: "psi", value: psi, p: null, q: null, detail: null },
    { ...shared, id: newId("driftCheck"), method: "js", value: js, p: null, q: null, detail: null },
    { ...shared, id: newId("driftCheck"), method: test.method, value: test.statistic, p: test.p, q, detail },
  ];
}

type Confirmed = { pair: Pair; day: string; confirmed: readonly string[] };

async function confirmDrift(ctx: Context, { pair, day, confirmed }: Confirmed): Promise<void> {
  const names = confirmed.slice(0, mostNamed);
  const why = `Two windows in a row differ from their reference in ${names.slice(0, 5).join(", ")}:`;
  const raised = await raiseAudits(ctx, { ...pair, why });
  const data = { app: pair.appId, type: pair.typeId, day, features: names, audits_raised: raised };
  await emit(ctx, { type: "drift.confirmed", subject: `${pair.appId}/${pair.typeId}`, data });
  await record(ctx, "drift.confirmed", `${pair.appId}/${pair.typeId}`, data);
  await pinBeforeDrift(ctx, pair, day);
}
