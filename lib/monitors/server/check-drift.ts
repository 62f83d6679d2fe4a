import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { judgeDay } from "../drift";
import type { CheckDrift, DriftCheckView } from "../drift-endpoints";
import { readClock } from "./compare-drift";
import { comparePair } from "./pair-comparison";
import { listDriftChecks } from "./list-drift-checks";
import type { Pair } from "./read-drift-window";
import { writeDrift } from "./write-drift";

/**
 * Compares one app's decisions of a type today with their reference, now, judged together with what was compared of the
 * other apps today. Throws `not_found`.
 */
export async function checkDrift(ctx: Context, input: CheckDrift): Promise<List<DriftCheckView>> {
  authorize(ctx, "monitors.write");
  const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
  const pair = { appId: app.id, typeId: type.id };
  const { today, now_ms } = await readClock(ctx);
  const compared = await comparePair(ctx, pair, { day: today, nowMs: now_ms });
  const others = await othersOf(ctx, pair, today);
  const judged = judgeDay(compared, others);
  await record(ctx, "drift.checked", `${app.id}/${type.id}`, { day: today, features: judged.length });
  if (judged.length > 0) await writeDrift(ctx, { pair, day: today, judged });
  return listDriftChecks(ctx, { limit: 100, app: app.id, type: type.id, from: today, to: today });
}

/** The p-values of the day that belong to other apps and types. */
async function othersOf(ctx: Context, { appId, typeId }: Pair, day: string): Promise<number[]> {
  const rows = await rowsOf<{ p: number }>(
    ctx.db,
    sql`select p from drift_checks where org_id = ${ctx.orgId} and day = ${day} and p is not null
      and (app_id, type_id) <> (${appId}, ${typeId})`,
  );
  return rows.map(({ p }) => p);
}
