import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExperimentView } from "../experiments";
import { requireOneCurrency } from "./require-one-currency";
import { changeStatus } from "./status-change";
import { experimentById } from "./experiment-rows";

/**
 * Goes on with what is paused; `cost_cap_micros` is its new cap (null: none; left out: as it was). Throws `not_found` and
 * `experiment_not_paused`.
 */
export async function resumeExperiment(
  ctx: Context,
  { experiment, cost_cap_micros: cap }: { experiment: string; cost_cap_micros?: number | null | undefined },
): Promise<ExperimentView> {
  authorize(ctx, "experiments.run");
  if (typeof cap === "number") {
    const view = await experimentById(ctx, experiment);
    requireOneCurrency(view);
    if (cap <= view.spent_micros) {
      throw new DomainError("invalid", "The cap is not above what is spent", {
        code: "validation_failed",
        errors: [{ pointer: "/cost_cap_micros", code: "too_small", message: "is not above what is spent" }],
      });
    }
  }
  const capSet = cap === undefined ? sql`` : sql`, cost_cap_micros = ${cap}`;
  return changeStatus(ctx, experiment, {
    from: ["paused"],
    set: sql`status = 'pending', why = null ${capSet}`,
    action: "experiment.resumed",
    otherwise: ["experiment_not_paused", "This experiment is not paused"],
  });
}
