import type { Context } from "@/lib/server/context";
import { CreateEvaluator, type EvaluatorView } from "../views";
import { createEvaluatorRule } from "./change-rules";
import { createEvaluator } from "./create-evaluator";

/** An evaluator as the API would make it; `exact` unless said otherwise. */
export function anEvaluator(
  ctx: Context,
  app: string,
  given: Partial<CreateEvaluator> = {},
): Promise<EvaluatorView> {
  return createEvaluator(
    ctx,
    CreateEvaluator.parse({ app, name: "Right or wrong", kind: "exact", config: {}, ...given }),
  );
}

/** A rule that draws everything at once unless said otherwise. */
export function aRule(
  ctx: Context,
  evaluator: string,
  given: { condition?: string; rate?: number; delay_seconds?: number; type?: string } = {},
): Promise<EvaluatorView> {
  const all = { type: null, condition: null, rate: 1, delay_seconds: 0 };
  return createEvaluatorRule(ctx, { evaluator, ...all, ...given });
}
