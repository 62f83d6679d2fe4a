import { ModelCallError } from "@/lib/models/model-call-error";
import { callModel } from "@/lib/models/server/call-model";
import type { Context } from "@/lib/server/context";
import { configOf } from "../config";
import { answerSchema, judgeable, judgeMessages, judgeOutputTokens, readJudged } from "../judge-prompt";
import { unknown } from "../score-output";
import { findJudgeModel } from "./find-judge-model";
import type { EvaluatorInForce, Scorable, ScoreGiven } from "../scorable";

/**
 * Asks the judge's model about one case, all its rubrics in one question; answers one score of each. Personal data is
 * masked on its way unless the model may see it. Throws ModelCallError.
 */
export async function askJudge(
  ctx: Context,
  { config, appId, quality }: EvaluatorInForce,
  item: Scorable,
): Promise<ScoreGiven[]> {
  const { model, rubrics, pass_at: passAt } = configOf("llm_judge", config);
  const asked = judgeable(rubrics, item);
  const none = { runId: null, costMicros: null, latencyMs: null };
  if (asked.length === 0) return [{ ...unknown("Nobody knows which prompt it was."), quality, ...none }];
  const answer = await callModel(ctx, {
    modelId: await findJudgeModel(ctx, model),
    purpose: "judge",
    messages: judgeMessages(rubrics, asked, item),
    schema: answerSchema(asked),
    temperature: 0,
    maxOutputTokens: judgeOutputTokens,
    appId,
    ...(item.typeId === null ? {} : { typeId: item.typeId }),
    ...(item.decisionId === null ? {} : { decisionId: item.decisionId }),
    ...(item.askedBy === null ? {} : { askedBy: item.askedBy }),
  });
  const judged = readJudged(asked, answer.output);
  if (!judged) {
    const message = "The judge's answer is not of the form that was asked for.";
    throw new ModelCallError("unusable_answer", message, undefined, answer.runId);
  }
  // One call, one price: it is on the first score, so that their sum is what was paid.
  return [...judged].map(([of, { score, label, passed, rationale }], at) => ({
    quality: of,
    score,
    label,
    // Whatever the judge says of its rubric, below its own bar it does not pass.
    passed: passed && score >= passAt,
    rationale,
    runId: answer.runId,
    costMicros: at === 0 ? answer.costMicros : null,
    latencyMs: answer.latencyMs,
  }));
}
