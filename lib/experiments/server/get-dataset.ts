import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DatasetView } from "../datasets";
import { datasetById } from "./dataset-rows";

/** One dataset with its latest version. Throws `not_found`. */
export async function getDataset(ctx: Context, { dataset }: { dataset: string }): Promise<DatasetView> {
  authorize(ctx, "datasets.read");
  return datasetById(ctx, dataset);
}
