import { sql } from "drizzle-orm";
import { keyTaken } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetView } from "../datasets";
import { datasetById } from "./dataset-rows";

/**
 * Puts a dataset away: nothing new is run over it or added to it; its versions and the experiments over them stay. Throws
 * `not_found`, and `dataset_in_use` while an issue that is not closed needs it as its regression set.
 */
export async function archiveDataset(ctx: Context, { dataset }: { dataset: string }): Promise<DatasetView> {
  authorize(ctx, "datasets.write");
  return inTransaction(ctx, async (ctx) => {
    const { id, archived_at: archivedAt } = await heldDataset(ctx, dataset);
    if (archivedAt !== null) return datasetById(ctx, id);
    const [issue] = await rowsOf<{ title: string }>(
      ctx.db,
      sql`select title from issues where dataset_id = ${id} and org_id = ${ctx.orgId} and status <> 'closed' limit 1`,
    );
    if (issue) {
      const message = `The issue “${issue.title}” is proved on it and is not closed.`;
      throw new DomainError("conflict", message, { code: "dataset_in_use" });
    }
    await rowsOf(ctx.db, sql`update datasets set archived_at = now() where id = ${id}`);
    return told(ctx, id, "archived");
  });
}

/** Brings a dataset back. Throws `not_found`, and `key_taken` where another one has its key meanwhile. */
export async function restoreDataset(ctx: Context, { dataset }: { dataset: string }): Promise<DatasetView> {
  authorize(ctx, "datasets.write");
  return inTransaction(ctx, async (ctx) => {
    const { id, app_id: app, key, archived_at: archivedAt } = await heldDataset(ctx, dataset);
    if (archivedAt === null) return datasetById(ctx, id);
    const [restored] = await rowsOf(
      ctx.db,
      sql`update datasets set archived_at = null where id = ${id} and not exists (select 1 from datasets o
        where o.app_id = ${app} and o.key = ${key} and o.archived_at is null) returning id`,
    );
    if (!restored) keyTaken("a dataset of this app", key);
    return told(ctx, id, "restored");
  });
}

type Held = { id: string; app_id: string; key: string; archived_at: Date | string | null };

async function heldDataset(ctx: Context, id: string): Promise<Held> {
  const [held] = await rowsOf<Held>(
    ctx.db,
    sql`select id, app_id, key, archived_at from datasets where id = ${id} and org_id = ${ctx.orgId} for update`,
  );
  if (!held) throw new DomainError("not_found", `There is no dataset ${id.slice(0, 64)}`);
  return held;
}

async function told(ctx: Context, id: string, did: "archived" | "restored"): Promise<DatasetView> {
  await emit(ctx, { type: "dataset.changed", subject: id, data: { did } });
  await record(ctx, `dataset.${did}`, id, {});
  return datasetById(ctx, id);
}
