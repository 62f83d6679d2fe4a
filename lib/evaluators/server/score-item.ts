import type { JsonObject } from "@/lib/kernel/json";
import { RuleProblem } from "@/lib/policies/rule-problem";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { checkAgainst } from "@/lib/apps/server/compile-schema";
import { configOf } from "../config";
import { keptScoring } from "../evaluator-cel";
import { jsonOf, scoreExact, scoreLimit, scoreSimilarity, unknown, type Given } from "../score-output";
import type { EvaluatorInForce, Scorable, ScoreGiven } from "../scorable";
import type { EvaluatorKind } from "../vocabulary";
import { askJudge } from "./ask-judge";
import { askService } from "./ask-service";

/**
 * Scores one output with one version. Pure kinds answer at once; `llm_judge` asks a model, `http` a team's own service.
 * A score that cannot be told (nothing known to be right) has nulls and a reason. Throws ModelCallError for a judge
 * that gave no usable answer, and ServiceCallError for a service that did not answer as it should.
 */
export async function scoreItem(
  ctx: Context,
  evaluator: EvaluatorInForce,
  item: Scorable,
): Promise<ScoreGiven[]> {
  const isPaid = evaluator.kind === "llm_judge" || evaluator.kind === "http";
  authorize(ctx, isPaid ? "evaluators.write" : "evaluators.read");
  if (evaluator.kind === "llm_judge") return askJudge(ctx, evaluator, item);
  if (evaluator.kind === "http") return [await askService(evaluator, item)];
  const given = scorePurely(evaluator.kind, evaluator.config, item);
  return [{ ...given, quality: evaluator.quality, runId: null, costMicros: null, latencyMs: null }];
}

type PureKind = Exclude<EvaluatorKind, "llm_judge" | "http">;

function scorePurely(kind: PureKind, config: JsonObject, item: Scorable): Given {
  switch (kind) {
    case "exact":
      return scoreExact(item, configOf(kind, config));
    case "schema":
      return bySchema(config, item);
    case "similarity": {
      const { field, method, pass_at: passAt } = configOf(kind, config);
      return scoreSimilarity(item, { field, method, passAt });
    }
    case "latency":
      return scoreLimit(item.latencyMs, { most: configOf(kind, config).most_ms, unit: "ms" });
    case "cost":
      return scoreLimit(item.costMicros, { most: configOf(kind, config).most_micros, unit: "micros" });
    case "cel": {
      const { expression, pass_at: passAt } = configOf(kind, config);
      const rule = keptScoring(expression);
      return rule instanceof RuleProblem
        ? unknown(`The expression ${rule.message}`)
        : rule.give(item, passAt);
    }
  }
}

function bySchema(config: JsonObject, { output }: Scorable): Given {
  const { on, schema } = configOf("schema", config);
  const value = on === "arguments" ? output.arguments : jsonOf(output.rationale);
  if (value === null) return wrong("The rationale is not a JSON document");
  const errors = checkAgainst(schema, value, `/${on}`);
  if (errors.length === 0) return { score: 1, passed: true, label: "valid", rationale: null };
  return wrong(
    errors
      .slice(0, 5)
      .map(({ pointer, message }) => `${pointer} ${message}`)
      .join("; "),
  );
}

function wrong(rationale: string): Given {
  return { score: 0, passed: false, label: "invalid", rationale: rationale.slice(0, 1000) };
}
