import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExperimentView } from "../experiments";
import { changeStatus } from "./status-change";

/** Nothing more is asked; what is being asked is still heard. Throws `not_found` and `experiment_not_running`. */
export async function pauseExperiment(
  ctx: Context,
  { experiment }: { experiment: string },
): Promise<ExperimentView> {
  authorize(ctx, "experiments.run");
  return changeStatus(ctx, experiment, {
    from: ["pending", "running"],
    set: sql`status = 'paused', why = 'Paused by hand'`,
    action: "experiment.paused",
    otherwise: ["experiment_not_running", "This experiment does not run"],
  });
}
