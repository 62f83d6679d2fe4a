import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DecisionRow } from "../list";
import { listDecisionRows } from "./list-decision-rows";

const shown = 8;

/** The newest few decisions, for the overview. */
export async function latestDecisions(ctx: Context): Promise<DecisionRow[]> {
  authorize(ctx, "decisions.read");
  const { data } = await listDecisionRows(ctx, {}, shown);
  return data;
}
