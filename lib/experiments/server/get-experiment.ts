import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExperimentView } from "../experiments";
import { experimentById } from "./experiment-rows";

/** One experiment with its progress, and its figures once it is done. Throws `not_found`. */
export async function getExperiment(
  ctx: Context,
  { experiment }: { experiment: string },
): Promise<ExperimentView> {
  authorize(ctx, "experiments.read");
  return experimentById(ctx, experiment);
}
