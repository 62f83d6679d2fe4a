import { sql } from "drizzle-orm";
import { predictions, type Prediction } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import type { CalibrationMap } from "@/lib/routing/calibrated";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { brierUnder, fitMap, isWorthUsing, plattFrom, type FittedMap, type LabelledClaim } from "../fit-map";

/** The newest labels that count, of at most so many days: models change. */
const mostLabels = 50_000;
const oldestDays = 180;
/** From this hour (UTC) on the night's maps are fitted. */
const nightHour = 2;

type Segment = { appId: string; typeId: string; predicted: Prediction };
type Live = { id: string; number: number } & CalibrationMap;

/** Nights done by this process: a worker that starts anew fits once more, which changes nothing. */
const nights = new Map<string, string>();

/**
 * Fits, once a night, the map of every app, type and kind of proposal that has labels enough. Any number of workers may
 * call it at once. Answers how many maps came into force or went out of it.
 */
export async function fitCalibrationsNightly(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const night = new Date(Date.now() - nightHour * 3_600_000).toISOString().slice(0, 10);
  if (nights.get(ctx.orgId) === night) return 0;
  const changed = await fitCalibrations(ctx);
  nights.set(ctx.orgId, night);
  return changed;
}

/** Fits every map there are labels enough for, now. Answers how many changed. */
export async function fitCalibrations(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  let changed = 0;
  for (const segment of await segmentsOf(ctx)) {
    if (await fitOne({ ...ctx, now: new Date() }, segment)) changed += 1;
  }
  return changed;
}

function segmentsOf(ctx: Context): Promise<Segment[]> {
  return rowsOf<Segment>(
    ctx.db,
    sql`select a.id as "appId", t.id as "typeId", p.predicted
      from apps a cross join decision_types t
        cross join unnest(${sql.param([...predictions])}::text[]) as p(predicted)
      where a.org_id = ${ctx.orgId} and t.org_id = ${ctx.orgId} and a.archived_at is null
        and (exists (select 1 from calibration_maps m where m.app_id = a.id and m.type_id = t.id
            and m.predicted = p.predicted and m.retired_at is null)
          or (select count(*) from (select 1 from decisions d where d.org_id = ${ctx.orgId} and d.app_id = a.id
              and d.type_id = t.id and d.predicted = p.predicted and d.truth is not null
              and d.confidence is not null and d.created_at > now() - make_interval(days => ${oldestDays})
            limit ${plattFrom}) x) = ${plattFrom})`,
  );
}

async function fitOne(ctx: Context, segment: Segment): Promise<boolean> {
  const labelled = await labelsOf(ctx, segment);
  const fit = fitMap(labelled);
  return inTransaction(ctx, async (ctx) => {
    const { appId, typeId, predicted } = segment;
    // One worker at a time: the next one sees what this one put in force.
    await rowsOf(
      ctx.db,
      sql`select pg_advisory_xact_lock(hashtextextended(${`calibration ${appId} ${typeId} ${predicted}`}, 0))`,
    );
    const live = await liveOf(ctx, segment);
    if (fit && isWorthUsing(fit.figures)) {
      if (live && isSame(live, fit.map)) return false;
      await putInForce(ctx, segment, fit, live);
      return true;
    }
    if (!live || !fit || !isWorse(live, labelled, fit)) return false;
    await retire(ctx, live);
    await tell(ctx, segment, { map: null, before: live.id });
    return true;
  });
}

/** The map in force keeps today's labels worse than what the app says itself. */
function isWorse(live: Live, labelled: readonly LabelledClaim[], { figures }: FittedMap): boolean {
  const brier = brierUnder(live, labelled);
  return brier !== null && brier > figures.raw.brier;
}

function labelsOf(ctx: Context, { appId, typeId, predicted }: Segment): Promise<LabelledClaim[]> {
  return rowsOf<LabelledClaim>(
    ctx.db,
    sql`select d.id, d.confidence as score, d.truth = d.predicted as "isRight", d.truth_pi as propensity
      from decisions d
      where d.org_id = ${ctx.orgId} and d.app_id = ${appId} and d.type_id = ${typeId} and d.predicted = ${predicted}
        and d.truth is not null and d.confidence is not null
        and d.created_at > now() - make_interval(days => ${oldestDays})
      order by d.created_at desc, d.id limit ${mostLabels}`,
  );
}

async function liveOf(ctx: Context, { appId, typeId, predicted }: Segment): Promise<Live | undefined> {
  const [live] = await rowsOf<Live>(
    ctx.db,
    sql`select id, number, kind, parameters from calibration_maps
      where app_id = ${appId} and type_id = ${typeId} and predicted = ${predicted} and retired_at is null`,
  );
  return live;
}

/** Newton's last steps and a database's order leave traces in the last digits: those are no other map. */
function isSame(live: CalibrationMap, map: CalibrationMap): boolean {
  const digits = ({ kind, parameters }: CalibrationMap) =>
    JSON.stringify(
      [kind, Object.entries(parameters).toSorted(([a], [b]) => a.localeCompare(b))],
      (_, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(9)) : value),
    );
  return digits(live) === digits(map);
}

async function putInForce(
  ctx: Context,
  segment: Segment,
  { map, figures }: FittedMap,
  live: Live | undefined,
): Promise<void> {
  const { appId, typeId, predicted } = segment;
  if (live) await retire(ctx, live);
  const id = newId("calibrationMap");
  await rowsOf(
    ctx.db,
    sql`insert into calibration_maps (id, org_id, app_id, type_id, predicted, number, kind, parameters, figures)
      select ${id}, ${ctx.orgId}, ${appId}, ${typeId}, ${predicted}, coalesce(max(number), 0) + 1, ${map.kind},
        ${JSON.stringify(map.parameters)}::jsonb, ${JSON.stringify(figures)}::jsonb
      from calibration_maps where app_id = ${appId} and type_id = ${typeId} and predicted = ${predicted}`,
  );
  await tell(ctx, segment, { map: { id, kind: map.kind, figures }, before: live?.id ?? null });
}

async function retire(ctx: Context, { id }: Live): Promise<void> {
  await rowsOf(ctx.db, sql`update calibration_maps set retired_at = now() where id = ${id}`);
}

type Change = {
  map: ({ id: string; kind: string } & Pick<FittedMap, "figures">) | null;
  before: string | null;
};

async function tell(
  ctx: Context,
  { appId, typeId, predicted }: Segment,
  { map, before }: Change,
): Promise<void> {
  const subject = map?.id ?? before ?? appId;
  const about = { app_id: appId, type_id: typeId, predicted, before };
  const now = map === null ? { map: null } : { map: map.id, kind: map.kind, ...map.figures };
  await emit(ctx, { type: "calibration.changed", subject, data: { ...about, map: map?.id ?? null } });
  await record(ctx, "calibration.changed", subject, { ...about, ...now });
}
