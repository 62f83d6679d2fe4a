import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DatasetVersionView, DatasetView } from "../datasets";
import { datasetById, versionById } from "./dataset-rows";

/** One dataset with its latest version. Throws `not_found`. */
export async function getDataset(ctx: Context, { dataset }: { dataset: string }): Promise<DatasetView> {
  authorize(ctx, "datasets.read");
  return datasetById(ctx, dataset);
}

/** One version of a dataset with its progress. Throws `not_found`. */
export async function getDatasetVersion(
  ctx: Context,
  { version }: { version: string },
): Promise<DatasetVersionView> {
  authorize(ctx, "datasets.read");
  return versionById(ctx, version);
}
