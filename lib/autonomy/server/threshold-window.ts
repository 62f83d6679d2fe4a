import { sql, type SQL } from "drizzle-orm";
import type { AutonomyLevel } from "@/lib/apps/schema";
import { findApp, findType, missing } from "@/lib/apps/server/find";
import { readAutonomies } from "@/lib/apps/server/read-autonomy";
import type { Prediction } from "@/lib/decisions/schema";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { SegmentLevel } from "../schema";
import type { ThresholdData, ThresholdQuery } from "../threshold-endpoints";

/** The newest decisions of one kind that are looked at. */
export const mostDecisions = 200_000;

type Found = Awaited<ReturnType<typeof findType>>;
export type GoverningContract = {
  id: string;
  amount_from: number | null;
  amount_to: number | null;
  level: SegmentLevel;
  threshold: number | null;
  audit_rate: number;
  alpha: number;
  delta: number;
};

/** Which decisions are looked at: one app's proposals of one kind, all amounts or those of one contract. */
export type Looking = {
  app: { id: string; key: string; name: string };
  type: Found;
  predicted: Prediction;
  contracts: GoverningContract[];
  /** The contract that was asked for. */
  contract: GoverningContract | null;
  days: ThresholdQuery["days"];
};

/** Finds what is asked for; throws `not_found`, for another app's key too. */
export async function lookingAt(ctx: Context, input: ThresholdQuery & { app: string }): Promise<Looking> {
  const app = await findApp(ctx, input.app);
  const own = appBound(ctx);
  if (own !== undefined && own !== app.id) missing("app", input.app);
  const type = await findType(ctx, input.type);
  const contracts = await rowsOf<GoverningContract>(
    ctx.db,
    sql`select id, amount_from::float8, amount_to::float8, level, threshold, audit_rate,
        (terms ->> 'alpha')::float8 as alpha, (terms ->> 'delta')::float8 as delta
      from contracts where org_id = ${ctx.orgId} and app_id = ${app.id} and type_id = ${type.id}
        and predicted = ${input.predicted} and archived_at is null order by amount_from nulls first, id limit 100`,
  );
  const contract = contracts.find(({ id }) => id === input.contract) ?? null;
  if (input.contract !== undefined && !contract) missing("contract", input.contract);
  const { id, key, name } = app;
  return { app: { id, key, name }, type, predicted: input.predicted, contracts, contract, days: input.days };
}

/** Condition over alias `d`. */
export function within(ctx: Context, { app, type, predicted, contract, days }: Looking): SQL {
  const { amount_from: from = null, amount_to: to = null } = contract ?? {};
  const parts = [
    sql`d.org_id = ${ctx.orgId} and d.app_id = ${app.id} and d.type_id = ${type.id}`,
    sql`d.predicted = ${predicted} and not d.measure`,
    ...(days === "all" ? [] : [sql`d.created_at > now() - make_interval(days => ${Number(days)})`]),
    ...(from === null ? [] : [sql`d.amount >= ${from}`]),
    ...(to === null ? [] : [sql`d.amount < ${to}`]),
  ];
  return sql.join(parts, sql` and `);
}

/** True of a decision that a hard rule sent to a person, or refused, whatever any threshold is. */
export const isHeld = sql`d.reasons @? '$[*] ? (@.kind == "cap" || @.kind == "policy" || @.kind == "finding" || @.code == "no_contract")'`;

/** True of a decision whose label was drawn with a known chance, where it has one; an outcome alone comes as it likes. */
export const isDrawn = sql`(d.truth_source <> 'outcome' or d.route = 'review' or d.audit_drawn)`;

/** What the router obeys for these decisions now. */
export async function inForce(ctx: Context, looking: Looking): Promise<ThresholdData["in_force"]> {
  const { app, type, predicted, contract, contracts } = looking;
  const one = contract ?? (contracts.length === 1 ? contracts[0] : undefined);
  if (one) {
    const { level, threshold, audit_rate } = one;
    return { level, threshold: alone(level, threshold), audit_rate, by: "contract" };
  }
  // Several contracts, and none chosen: there is no one threshold.
  if (contracts.length > 0) return { level: "review_all", threshold: null, audit_rate: 1, by: "contract" };
  const [set] = await readAutonomies(ctx, { appId: app.id, typeId: type.id });
  if (!set || set.version === 0) return { level: "review_all", threshold: null, audit_rate: 1, by: "nobody" };
  const threshold = predicted === "positive" ? set.threshold : set.decline_threshold;
  return {
    level: set.level,
    threshold: alone(set.level, threshold),
    audit_rate: set.audit_rate,
    by: "hand",
  };
}

// A threshold counts where the level lets anything run alone.
function alone(level: AutonomyLevel, threshold: number | null): number | null {
  return level === "auto" ? threshold : null;
}
