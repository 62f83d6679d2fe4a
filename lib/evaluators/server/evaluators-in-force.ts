import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { EvaluatorInForce } from "./score-item";

type Row = {
  id: string;
  version_id: string;
  app_id: string;
  kind: EvaluatorInForce["kind"];
  quality: EvaluatorInForce["quality"];
  config: EvaluatorInForce["config"];
  secret: string | null;
};

/** The evaluators of an app that count, with the version that scores now: what gates may rest on. Demoted ones are not among them. */
export async function readEvaluatorsInForce(
  ctx: Context,
  { appId, ids }: { appId: string; ids?: readonly string[] },
): Promise<EvaluatorInForce[]> {
  authorize(ctx, "evaluators.read");
  const named = ids === undefined ? sql`true` : sql`e.id = any(${sql.param([...ids])}::text[])`;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select e.id, e.version_id, e.app_id, e.kind, e.quality, v.config, v.secret from evaluators e
      join evaluator_versions v on v.id = e.version_id
      where e.org_id = ${ctx.orgId} and e.app_id = ${appId} and e.status = 'active' and ${named} order by e.id`,
  );
  return rows.map(({ id, version_id, app_id, ...rest }) => ({
    ...rest,
    evaluatorId: id,
    versionId: version_id,
    appId: app_id,
  }));
}
