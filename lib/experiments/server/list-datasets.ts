import { sql } from "drizzle-orm";
import { findApp } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { DatasetView } from "../datasets";
import type { DatasetQuery } from "../dataset-endpoints";
import { datasetViews } from "./dataset-rows";

/** Datasets with their latest version, newest first, by keyset on their id. */
export async function listDatasets(ctx: Context, query: DatasetQuery): Promise<List<DatasetView>> {
  authorize(ctx, "datasets.read");
  const { app, purpose, archived, limit, starting_after: after } = query;
  const ofApp = app === undefined ? sql`true` : sql`d.app_id = ${(await findApp(ctx, app)).id}`;
  const found = await datasetViews(
    ctx,
    sql`${ofApp} and ${purpose === undefined ? sql`true` : sql`d.purpose = ${purpose}`}
      and ${archived ? sql`true` : sql`d.archived_at is null`}
      and ${after === undefined ? sql`true` : sql`d.id < ${after}`}`,
    limit + 1,
  );
  return {
    object: "list",
    url: "/api/v1/datasets",
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}
