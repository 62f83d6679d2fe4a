import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { evaluatorsOfApp, isPriced } from "./asked-evaluators";

/** A judge or a service that can score an experiment's answers. */
export type EvaluatorOption = {
  id: string;
  name: string;
  kind: "llm_judge" | "http";
  counts: boolean;
  priced: boolean;
};

/** The judges and services of a dataset version's app. */
export async function listEvaluatorOptions(
  ctx: Context,
  { version }: { version: string },
): Promise<EvaluatorOption[]> {
  authorize(ctx, "experiments.read");
  const [owner] = await rowsOf<{ app_id: string }>(
    ctx.db,
    sql`select d.app_id from dataset_versions v join datasets d on d.id = v.dataset_id
      where v.id = ${version} and v.org_id = ${ctx.orgId}`,
  );
  if (!owner) return [];
  return (await evaluatorsOfApp(ctx, owner.app_id)).map((one) => ({
    id: one.evaluatorId,
    name: one.name,
    kind: one.kind === "http" ? "http" : "llm_judge",
    counts: one.status === "active",
    priced: isPriced(one),
  }));
}
