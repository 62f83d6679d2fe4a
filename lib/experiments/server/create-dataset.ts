import { sql } from "drizzle-orm";
import { findApp, findType, keyTaken } from "@/lib/apps/server/find";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetView, NewDataset } from "../datasets";
import { datasetById } from "./dataset-rows";

/** A dataset without any version yet. Throws `not_found` and `key_taken`. */
export async function createDataset(ctx: Context, input: NewDataset): Promise<DatasetView> {
  authorize(ctx, "datasets.write");
  const [app, type] = await Promise.all([findApp(ctx, input.app), findType(ctx, input.type)]);
  const id = newId("dataset");
  return inTransaction(ctx, async (ctx) => {
    const [made] = await rowsOf(
      ctx.db,
      sql`insert into datasets (id, org_id, app_id, type_id, key, name, purpose, created_by)
        values (${id}, ${ctx.orgId}, ${app.id}, ${type.id}, ${input.key}, ${input.name}, ${input.purpose},
          ${actorName(ctx.actor)})
        on conflict (app_id, key) where archived_at is null do nothing returning id`,
    );
    if (!made) keyTaken("a dataset of this app", input.key);
    await emit(ctx, { type: "dataset.changed", subject: id });
    await record(ctx, "dataset.created", id, { app: app.key, key: input.key, purpose: input.purpose });
    return datasetById(ctx, id);
  });
}
