import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { weightedProportionOf } from "@/lib/stats/weighted-proportion";
import { appBound } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { EvaluatorRuleView, EvaluatorVersionView, EvaluatorView, PassRate } from "../views";
import type { EvaluatorKind, EvaluatorStatus, Quality } from "../vocabulary";

type VersionRow = Omit<EvaluatorVersionView, "object">;
type Row = {
  id: string;
  app_id: string;
  key: string;
  name: string;
  kind: EvaluatorKind;
  quality: Quality;
  status: EvaluatorStatus;
  status_why: string | null;
  kappa_floor: number | null;
  min_rulings: number;
  version: VersionRow;
  rules: Omit<EvaluatorRuleView, "object">[] | null;
  yes_n: number;
  yes_w: number;
  yes_w2: number;
  no_n: number;
  no_w: number;
  no_w2: number;
  measured: Measured | null;
  open_scores: number;
  created_by: string;
  created_at: string;
};
type Measured = {
  n: number;
  agreement: number | null;
  kappa: number | null;
  low: number | null;
  high: number | null;
  agreement_low: number | null;
  agreement_high: number | null;
  bias: number | null;
};

/** A moment as RFC 3339 text: one format for both drivers. */
export function stamp(column: string): SQL {
  return sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
}

export const versionJson = sql`json_build_object('id', v.id, 'version', v.version, 'config', v.config,
  'has_secret', v.secret is not null, 'note', v.note, 'created_by', coalesce(vu.name, v.created_by),
  'created_at', ${stamp("v.created_at")})`;

/** Scores (alias `s`) that the evaluator itself, or its own program, gave; people's are not among them. */
export const ownScores = sql`s.scorer in ('evaluator', 'import') and s.status = 'done'`;

/** Evaluators for a `where` over `e`; an app's key sees its own app's only. */
export async function readEvaluators(
  ctx: Context,
  { where, order, limit }: { where: SQL; order: SQL; limit: number },
): Promise<EvaluatorView[]> {
  const bound = appBound(ctx);
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select e.id, e.app_id, e.key, e.name, e.kind, e.quality, e.status, e.status_why, e.kappa_floor, e.min_rulings,
        ${versionJson} as version, ${rulesJson} as rules, p.*, ${measuredJson} as measured,
        (select count(*)::int from scores o where o.evaluator_id = e.id and o.status in ('pending', 'running')) as open_scores,
        coalesce(u.name, e.created_by) as created_by, ${stamp("e.created_at")} as created_at
      from evaluators e join evaluator_versions v on v.id = e.version_id
      left join users u on 'user:' || u.id = e.created_by left join users vu on 'user:' || vu.id = v.created_by
      cross join lateral (${passSums(sql`s.evaluator_id = e.id and s.version_id = e.version_id
        and s.quality = e.quality and s.created_at > now() - interval '30 days'`)}) p
      where e.org_id = ${ctx.orgId} and ${bound === undefined ? sql`true` : sql`e.app_id = ${bound}`} and ${where}
      order by ${order} limit ${limit}`,
  );
  return rows.map(viewOf);
}

/** Sums of passes and failures of scores `s`, each weighted by 1/pi. */
export function passSums(where: SQL): SQL {
  return sql`select count(*) filter (where passed)::int as yes_n, coalesce(sum(1 / pi) filter (where passed), 0)::float8 as yes_w,
      coalesce(sum(1 / (pi * pi)) filter (where passed), 0)::float8 as yes_w2,
      count(*) filter (where not passed)::int as no_n, coalesce(sum(1 / pi) filter (where not passed), 0)::float8 as no_w,
      coalesce(sum(1 / (pi * pi)) filter (where not passed), 0)::float8 as no_w2
    from scores s where ${ownScores} and s.passed is not null and ${where}`;
}

const rulesJson = sql`(select json_agg(json_build_object('id', r.id, 'type', t.key, 'condition', r.condition, 'rate', r.rate,
    'delay_seconds', r.delay_seconds, 'enabled', r.enabled, 'created_at', ${stamp("r.created_at")}) order by r.id)
  from evaluator_rules r left join decision_types t on t.id = r.type_id where r.evaluator_id = e.id)`;

const measuredJson = sql`(select json_build_object('n', m.n, 'agreement', m.agreement, 'agreement_low', m.agreement_low,
    'agreement_high', m.agreement_high, 'kappa', m.kappa, 'low', m.kappa_low, 'high', m.kappa_high, 'bias', m.bias)
  from evaluator_agreements m where m.evaluator_id = e.id and m.version_id = e.version_id order by m.day desc limit 1)`;

/** One evaluator by id, as this caller may see it. Throws `not_found`. */
export async function readEvaluator(ctx: Context, id: string): Promise<EvaluatorView> {
  const [found] = await readEvaluators(ctx, { where: sql`e.id = ${id}`, order: sql`e.id`, limit: 1 });
  if (!found) throw new DomainError("not_found", `There is no evaluator ${id.slice(0, 100)}.`);
  return found;
}

function viewOf(row: Row): EvaluatorView {
  const { yes_n, yes_w, yes_w2, no_n, no_w, no_w2, version, rules, measured, ...rest } = row;
  const sums = { yes_n, yes_w, yes_w2, no_n, no_w, no_w2 };
  return {
    ...rest,
    object: "evaluator",
    counts: row.status === "active",
    version: { ...version, object: "evaluator_version" },
    rules: (rules ?? []).map((rule) => ({ ...rule, object: "evaluator_rule" })),
    pass_rate: passRateOf(sums),
    agreement: measured && agreedOf(measured),
  };
}

export type PassSums = Pick<Row, "yes_n" | "yes_w" | "yes_w2" | "no_n" | "no_w" | "no_w2">;

/** The pass rate that sums make. */
export function passRateOf({ yes_n, yes_w, yes_w2, no_n, no_w, no_w2 }: PassSums): PassRate {
  return rateOf(
    { count: yes_n, weight: yes_w, squaredWeight: yes_w2 },
    { count: no_n, weight: no_w, squaredWeight: no_w2 },
  );
}

type Sum = { count: number; weight: number; squaredWeight: number };

function rateOf(yes: Sum, no: Sum): PassRate {
  const share = weightedProportionOf(yes, no);
  const isKnown = share.kind === "estimate";
  return { n: share.n, share: isKnown ? { value: share.value, low: share.lower, high: share.upper } : null };
}

function agreedOf({ n, bias, ...row }: Measured): NonNullable<EvaluatorView["agreement"]> {
  return {
    n,
    bias,
    agreement: figureOf(row.agreement, row.agreement_low, row.agreement_high),
    kappa: figureOf(row.kappa, row.low, row.high),
  };
}

/** A figure with its interval; null where it was not defined. */
export function figureOf(value: number | null, low: number | null, high: number | null) {
  return value === null || low === null || high === null ? null : { value, low, high };
}
