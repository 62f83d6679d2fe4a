import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExperimentView } from "../experiments";
import { changeStatus } from "./status-change";

/** Ends it for good; answers that are there stay. Throws `not_found` and `experiment_finished`. */
export async function cancelExperiment(
  ctx: Context,
  { experiment }: { experiment: string },
): Promise<ExperimentView> {
  authorize(ctx, "experiments.run");
  return changeStatus(ctx, experiment, {
    from: ["pending", "running", "paused"],
    set: sql`status = 'cancelled', why = null, finished_at = now()`,
    action: "experiment.cancelled",
    otherwise: ["experiment_finished", "This experiment is finished"],
  });
}
