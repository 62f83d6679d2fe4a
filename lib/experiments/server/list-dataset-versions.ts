import { sql } from "drizzle-orm";
import type { List, ListQuery } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DatasetVersionView } from "../datasets";
import { datasetById, versionViews } from "./dataset-rows";

/** Versions of a dataset, newest first. Throws `not_found`. */
export async function listDatasetVersions(
  ctx: Context,
  { dataset, limit, starting_after: after }: Omit<ListQuery, "ending_before"> & { dataset: string },
): Promise<List<DatasetVersionView>> {
  authorize(ctx, "datasets.read");
  const { id } = await datasetById(ctx, dataset);
  const beyond = after === undefined ? sql`true` : sql`v.id < ${after}`;
  const found = await versionViews(ctx, sql`v.dataset_id = ${id} and ${beyond}`, limit + 1);
  return {
    object: "list",
    url: `/api/v1/datasets/${id}/versions`,
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}
