import type { Context } from "@/lib/server/context";
import type { DatasetVersionView, NewDatasetVersion } from "../datasets";

/**
 * The next version of a dataset. Items of an import are there at once; decisions are gathered by a worker: its status
 * goes from `building` to `ready` or `failed`. Throws `not_found`.
 */
export async function addDatasetVersion(
  ctx: Context,
  { datasetId }: NewDatasetVersion & { datasetId: string },
): Promise<DatasetVersionView> {
  throw new Error(`not built yet: ${datasetId} for ${ctx.orgId}`);
}
