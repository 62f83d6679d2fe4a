import type { Context } from "@/lib/server/context";
import type { DatasetView, NewDataset } from "../datasets";

/** A dataset without any version yet. Throws `not_found` and `key_taken`. */
export async function createDataset(ctx: Context, input: NewDataset): Promise<DatasetView> {
  throw new Error(`not built yet: ${input.key} for ${ctx.orgId}`);
}
