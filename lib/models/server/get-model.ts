import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ModelView } from "../catalogue";
import { findModel, modelView } from "./model-rows";

/** One model; throws `not_found`. */
export async function getModel(ctx: Context, { model_id }: { model_id: string }): Promise<ModelView> {
  authorize(ctx, "models.read");
  return modelView(await findModel(ctx, model_id));
}
