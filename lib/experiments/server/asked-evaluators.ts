import { sql } from "drizzle-orm";
import type { EvaluatorInForce } from "@/lib/evaluators/scorable";
import type { EvaluatorStatus } from "@/lib/evaluators/vocabulary";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** A judge or a service as an experiment asks it, with its model's prices; null where it has none or nobody knows. */
export type AskedEvaluator = EvaluatorInForce & {
  name: string;
  status: EvaluatorStatus;
  inputPriceMicros: number | null;
  outputPriceMicros: number | null;
  retries: number;
};

/** Kinds that are asked, and not reckoned here. */
export const askedKinds = sql`('llm_judge', 'http')`;

const columns = sql`e.id as "evaluatorId", v.id as "versionId", e.app_id as "appId", e.kind, e.quality, v.config, v.secret, e.name,
  e.status, m.input_price_micros::float8 as "inputPriceMicros", m.output_price_micros::float8 as "outputPriceMicros",
  coalesce(m.max_retries, 0)::int as retries`;
const withModel = sql`left join models m on m.id = v.config ->> 'model' and m.org_id = e.org_id`;

/** The judges and services of an experiment, at the versions they had when it began. */
export function evaluatorsOf(ctx: Context, experimentId: string): Promise<AskedEvaluator[]> {
  return rowsOf<AskedEvaluator>(
    ctx.db,
    sql`select ${columns} from experiment_evaluators x join evaluators e on e.id = x.evaluator_id
      join evaluator_versions v on v.id = x.version_id ${withModel}
      where x.experiment_id = ${experimentId} and e.org_id = ${ctx.orgId} order by e.id`,
  );
}

/** An app's judges and services that are not put away, as they are now. */
export function evaluatorsOfApp(ctx: Context, appId: string): Promise<AskedEvaluator[]> {
  return rowsOf<AskedEvaluator>(
    ctx.db,
    sql`select ${columns} from evaluators e join evaluator_versions v on v.id = e.version_id ${withModel}
      where e.org_id = ${ctx.orgId} and e.app_id = ${appId} and e.status in ('active', 'demoted') and e.kind in ${askedKinds}
      order by e.id limit 50`,
  );
}

/** Whether no more than what is known beforehand can be paid for an answer: a service is the team's own. */
export function isPriced({ kind, inputPriceMicros, outputPriceMicros }: AskedEvaluator): boolean {
  return kind !== "llm_judge" || (inputPriceMicros !== null && outputPriceMicros !== null);
}
