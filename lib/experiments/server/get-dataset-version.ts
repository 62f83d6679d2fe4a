import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DatasetVersionView } from "../datasets";
import { versionById } from "./dataset-rows";

/** One version of a dataset with its progress. Throws `not_found`. */
export async function getDatasetVersion(
  ctx: Context,
  { version }: { version: string },
): Promise<DatasetVersionView> {
  authorize(ctx, "datasets.read");
  return versionById(ctx, version);
}
