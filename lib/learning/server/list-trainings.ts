import { sql, type SQL } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ArtifactView, RoundFilter, TrainingFilter, TrainingRef, TrainingView } from "../trainings";
import { artifactViews } from "./artifact-rows";
import { requirePerson, trainingView, trainingViews } from "./training-rows";

/** Rounds of training, newest first, by keyset on their id. */
export async function listTrainings(ctx: Context, filter: RoundFilter): Promise<List<TrainingView>> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  const status = filter.status === undefined ? sql`true` : sql`r.status = ${filter.status}`;
  const where = sql`${await whereOf(ctx, filter, "r")} and ${status}`;
  const found = await trainingViews(ctx, where, filter.limit + 1);
  return pageOf("/api/v1/trainings", found, filter.limit);
}

/** One round of training. Throws `not_found`. */
export async function getTraining(ctx: Context, { id }: TrainingRef): Promise<TrainingView> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  return trainingView(ctx, id);
}

/** Models trained here, newest first, by keyset on their id. */
export async function listArtifacts(ctx: Context, filter: TrainingFilter): Promise<List<ArtifactView>> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  const found = await artifactViews(ctx, await whereOf(ctx, filter, "x"), filter.limit + 1);
  return pageOf("/api/v1/model_artifacts", found, filter.limit);
}

async function whereOf(ctx: Context, filter: TrainingFilter, alias: "r" | "x"): Promise<SQL> {
  const column = (name: string) => sql.raw(`${alias}.${name}`);
  const ofApp =
    filter.app === undefined ? sql`true` : sql`${column("app_id")} = ${(await findApp(ctx, filter.app)).id}`;
  const ofType =
    filter.type === undefined
      ? sql`true`
      : sql`${column("type_id")} = ${(await findType(ctx, filter.type)).id}`;
  const past =
    filter.starting_after === undefined ? sql`true` : sql`${column("id")} < ${filter.starting_after}`;
  return sql`${ofApp} and ${ofType} and ${past}`;
}

function pageOf<T>(url: string, found: T[], limit: number): List<T> {
  return { object: "list", url, has_more: found.length > limit, data: found.slice(0, limit) };
}
