import { sql, type SQL } from "drizzle-orm";
import { rowsOf } from "@/lib/server/rows";
import { standing } from "@/lib/feedback/server/standing";
import { leastSample } from "../figure";
import type { MetricName } from "../metrics-catalogue";
import { intakeSums } from "./intake-sums";
import { ranAlone, withNotRun } from "./population";
import { sharesOf, type Reading, type ShareRow } from "./reading";
import { bucketAt, bucketText, decisionsOf, labelledOf, othersOf, type Window } from "./window";

/** How a share is read: what is summed over, which of it says yes, what each weighs (null: one), and when it was. */
type ShareSpec = { rows: SQL; yes: SQL; weight: SQL | null; moment: SQL; first?: SQL; least?: number };

const created = sql`d.created_at`;
const byPi = sql`1 / d.truth_pi`;
const ruled = sql`d.route = 'review' and d.status in ('approved', 'declined') and d.decided_by like 'user:%'`;

/** Shares by name. One entry is one definition; the catalogue says the same in words. */
const specs = {
  automation_rate: (w: Window): ShareSpec => ({
    rows: sql`decisions d where ${decisionsOf(w)} and d.route <> 'shadow'`,
    yes: sql`d.route in ('execute', 'decline')`,
    weight: null,
    moment: created,
  }),
  auto_error_rate: (w: Window): ShareSpec => ({
    first: withNotRun(w.ctx),
    rows: sql`labels l join decisions d on d.id = l.decision_id
      where l.org_id = ${w.ctx.orgId} and l.source = 'audit' and ${labelledOf(w)}
        and d.route in ('execute', 'decline') and ${ranAlone}`,
    yes: sql`l.truth <> d.predicted`,
    weight: sql`1 / l.pi_label`,
    moment: created,
  }),
  override_rate: (w: Window): ShareSpec => ({
    rows: sql`decisions d where ${decisionsOf(w)} and ${ruled}`,
    yes: sql`(d.status = 'approved') <> (d.predicted = 'positive')`,
    weight: null,
    moment: created,
  }),
  proposal_error_rate: (w: Window): ShareSpec => ({
    rows: sql`decisions d where ${labelledOf(w)}`,
    yes: sql`d.predicted <> d.truth`,
    weight: byPi,
    moment: created,
  }),
  false_positive_rate: (w: Window): ShareSpec => ({
    rows: sql`decisions d where ${labelledOf(w)} and d.truth = 'negative'`,
    yes: sql`d.predicted = 'positive'`,
    weight: byPi,
    moment: created,
  }),
  false_negative_rate: (w: Window): ShareSpec => ({
    rows: sql`decisions d where ${labelledOf(w)} and d.truth = 'positive'`,
    yes: sql`d.predicted = 'negative'`,
    weight: byPi,
    moment: created,
  }),
  positive_truth_rate: (w: Window): ShareSpec => ({
    rows: sql`decisions d where ${labelledOf(w)}`,
    yes: sql`d.truth = 'positive'`,
    weight: byPi,
    moment: created,
  }),
  model_errors: (w: Window): ShareSpec => ({
    rows: sql`runs r where ${othersOf(w, {
      org: sql`r.org_id`,
      app: sql`r.app_id`,
      type: sql`r.type_id`,
      moment: sql`r.created_at`,
    })} and r.status <> 'running'`,
    yes: sql`r.status <> 'succeeded'`,
    weight: null,
    moment: sql`r.created_at`,
  }),
  feedback_down_rate: (w: Window): ShareSpec => ({
    rows: sql`feedback f join decisions d on d.id = f.decision_id where f.vote is not null and not d.measure
      and ${standing(sql`f`)}
      and ${othersOf(w, {
        org: sql`f.org_id`,
        app: sql`d.app_id`,
        type: sql`d.type_id`,
        moment: sql`f.created_at`,
      })}`,
    yes: sql`f.vote = 'down'`,
    weight: null,
    moment: sql`f.created_at`,
  }),
  evaluator_pass_rate: (w: Window): ShareSpec => ({
    rows: sql`scores s join evaluators e on e.id = s.evaluator_id and e.status = 'active' and e.version_id = s.version_id
        join decisions d on d.id = s.decision_id
      where s.status = 'done' and s.passed is not null and s.scorer <> 'person' and ${othersOf(w, {
        org: sql`s.org_id`,
        app: sql`d.app_id`,
        type: sql`d.type_id`,
        moment: sql`s.created_at`,
      })}`,
    yes: sql`s.passed`,
    weight: sql`1 / s.pi`,
    moment: sql`s.created_at`,
  }),
} satisfies Partial<Record<MetricName, (w: Window) => ShareSpec>>;

export type ShareName = keyof typeof specs;
export const shareNames = Object.keys(specs) as ShareName[];

/** A share over the window and by bucket: exact sums, added up from the buckets. */
export async function readShare(w: Window, name: ShareName): Promise<Reading> {
  const { weight } = specs[name](w);
  const found = sharesOf(
    await (name === "automation_rate" ? automation(w) : shareRows(w, name)),
    weight === null ? 0 : leastSample,
  );
  // Plain counts have no weights, so an effective size would only repeat n.
  return weight === null ? { all: plain(found.all), at: mapped(found.at) } : found;
}

/** A share's sums by bucket, or by `key`, a text over a decision (alias `d`), of decisions `among` which it is read. */
export function shareRows(w: Window, name: ShareName, part?: { key: SQL; among: SQL }): Promise<ShareRow[]> {
  const { rows, yes, weight, moment, first } = specs[name](w);
  const sum = (of: SQL) => (weight === null ? sql`count(*)::float8` : sql`sum(${of})::float8`);
  return rowsOf<ShareRow>(
    w.ctx.db,
    sql`${first ?? sql``} select ${part ? sql`at` : bucketText}, yes, count::int as count, weight, "squaredWeight" from (
        select ${part?.key ?? bucketAt(w, moment)} as at, (${yes}) as yes, count(*) as count,
          ${sum(weight ?? sql`1`)} as weight, ${sum(sql`(${weight ?? sql`1`}) * (${weight ?? sql`1`})`)} as "squaredWeight"
        from ${rows} ${part ? sql`and ${part.among}` : sql``} group by 1, 2) grouped`,
  );
}

const plain = (numbers: Reading["all"]): Reading["all"] => ({ ...numbers, ess: null });
const mapped = (at: Reading["at"]): Reading["at"] =>
  new Map([...at].map(([key, numbers]) => [key, plain(numbers)]));

const plainly = (count: number) => ({ count, weight: count, squaredWeight: count });

async function automation(w: Window): Promise<ShareRow[]> {
  const rows = await intakeSums(w, "bucket");
  return rows
    .filter(({ route }) => route !== "shadow")
    .map(({ at, route, count }) => ({ at: at ?? "", yes: route !== "review", ...plainly(count) }));
}

/** Decisions with a discrepancy among all: the few are joined, the many are counted already. */
export async function readDiscrepancies(w: Window): Promise<Reading> {
  const [came, found] = await Promise.all([
    intakeSums(w, "bucket"),
    rowsOf<{ at: string; count: number }>(
      w.ctx.db,
      sql`select ${bucketText}, count from (
        select ${bucketAt(w, created)} as at, count(*)::int as count from discrepancies x join decisions d on d.id = x.decision_id
          where x.org_id = ${w.ctx.orgId} and ${decisionsOf(w)} group by 1) grouped`,
    ),
  ]);
  const open = new Map(found.map(({ at, count }) => [at, count]));
  const sums = [...Map.groupBy(came, ({ at }) => at ?? "")].flatMap(([at, some]): ShareRow[] => {
    const all = some.reduce((sum, { count }) => sum + count, 0);
    const own = open.get(at) ?? 0;
    return [
      { at, yes: true, ...plainly(own) },
      { at, yes: false, ...plainly(all - own) },
    ];
  });
  const shares = sharesOf(sums, 0);
  return { all: plain(shares.all), at: mapped(shares.at) };
}
