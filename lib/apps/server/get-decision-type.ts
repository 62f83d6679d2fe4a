import { eq } from "drizzle-orm";
import { decisionTypes } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DecisionTypeView } from "../views";
import { findType, missing } from "./find";
import { readTypes } from "./read-types";

/** One decision type by id or key; throws `not_found`. */
export async function getDecisionType(ctx: Context, input: { type: string }): Promise<DecisionTypeView> {
  authorize(ctx, "apps.read");
  const { id } = await findType(ctx, input.type);
  const [type] = await readTypes(ctx, { where: eq(decisionTypes.id, id), limit: 1 });
  return type ?? missing("decision type", input.type);
}
