import { findApp, missing } from "@/lib/apps/server/find";
import { ModelCallError } from "@/lib/models/model-call-error";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { sealSecret } from "@/lib/server/secrets";
import { newId } from "@/lib/kernel/ids";
import { rowsOf } from "@/lib/server/rows";
import { sql } from "drizzle-orm";
import type { EvaluatorInForce } from "../scorable";
import { ServiceCallError } from "../service-call-error";
import type { Trial, TryEvaluator } from "../views";
import { checkedConfig } from "./check-config";
import { scorableOf } from "./scorable-of";
import { scoreItem } from "./score-item";
import { secretPlace } from "./secret-place";

/**
 * Scores one past decision with a configuration that nobody has saved yet; stores nothing but a judge's run. What a
 * judge or a service did wrong is in `error`. Throws `not_found`, `validation_failed`.
 */
export async function tryEvaluator(ctx: Context, input: TryEvaluator): Promise<Trial> {
  authorize(ctx, "evaluators.write");
  const app = await findApp(ctx, input.app);
  const config = await checkedConfig(ctx, input, input.config);
  const item = await scorableOf(ctx, input.decision);
  if (!item || item.appId !== app.id) return missing("decision of this app", input.decision);
  const { kind, quality } = input;
  const key = await keyOf(ctx, input);
  const evaluator = { ...key, evaluatorId: input.evaluator ?? "trial", appId: app.id, kind, quality, config };
  const about = { object: "evaluator_trial", decision_id: input.decision, output: item.output } as const;
  try {
    const given = await scoreItem(ctx, evaluator, { ...item, askedBy: newId("request") });
    const scores = given.map(({ costMicros, latencyMs, runId: _, ...one }) => ({
      ...one,
      cost_micros: costMicros,
      latency_ms: latencyMs,
    }));
    return { ...about, error: null, scores };
  } catch (error) {
    if (!(error instanceof ModelCallError || error instanceof ServiceCallError)) throw error;
    return { ...about, error: error.message, scores: [] };
  }
}

/** The key given, sealed for this once, or the stored one of the evaluator that is tried anew. */
async function keyOf(
  ctx: Context,
  { secret, evaluator }: TryEvaluator,
): Promise<Pick<EvaluatorInForce, "versionId" | "secret">> {
  const versionId = newId("evaluatorVersion");
  if (secret !== undefined) return { versionId, secret: sealSecret(secret, secretPlace(versionId)) };
  if (evaluator === undefined) return { versionId, secret: null };
  const [stored] = await rowsOf<{ id: string; secret: string | null }>(
    ctx.db,
    sql`select v.id, v.secret from evaluators e join evaluator_versions v on v.id = e.version_id
      where e.id = ${evaluator} and e.org_id = ${ctx.orgId}`,
  );
  return { versionId: stored?.id ?? versionId, secret: stored?.secret ?? null };
}
