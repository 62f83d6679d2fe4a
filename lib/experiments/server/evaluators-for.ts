import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { mostAskedEvaluators, type NewExperiment } from "../experiments";
import { evaluatorsOfApp, isPriced, type AskedEvaluator } from "./asked-evaluators";
import { wrongPart } from "./candidates-for";

/**
 * The judges and services that are to score an experiment's answers: those a request names, or all of the app's. Throws
 * `validation_failed` for one that is none of them, and for one whose price is not known where a cap is to be kept.
 */
export async function evaluatorsFor(
  ctx: Context,
  { app_id }: { app_id: string },
  { evaluators: wanted, cost_cap_micros: cap }: NewExperiment,
): Promise<AskedEvaluator[]> {
  const all = await evaluatorsOfApp(ctx, app_id);
  const chosen =
    wanted === undefined
      ? all
      : [...new Set(wanted)].map((id, index) => {
          const found = all.find(({ evaluatorId }) => evaluatorId === id);
          return found ?? refuse(`/evaluators/${index}`, "is no judge or service of this app that is in use");
        });
  if (chosen.length > mostAskedEvaluators) {
    refuse("/evaluators", `are ${chosen.length}, and an experiment asks ${mostAskedEvaluators} at most`);
  }
  const unpriced = cap === undefined ? undefined : chosen.find((one) => !isPriced(one));
  if (unpriced) {
    const message = `asks ${unpriced.name} of a model whose price is not known, so no cap can be kept`;
    refuse("/evaluators", message, "Enter the model's prices, name other evaluators, or leave the cap out.");
  }
  return chosen;
}

function refuse(pointer: string, message: string, fix?: string): never {
  throw wrongPart(pointer, message, fix);
}

/** Writes down which evaluators an experiment asks, each at the version it has now. */
export async function insertEvaluators(
  ctx: Context,
  experimentId: string,
  chosen: readonly AskedEvaluator[],
): Promise<void> {
  for (const { evaluatorId, versionId } of chosen) {
    await rowsOf(
      ctx.db,
      sql`insert into experiment_evaluators (experiment_id, evaluator_id, version_id)
        values (${experimentId}, ${evaluatorId}, ${versionId})`,
    );
  }
}
