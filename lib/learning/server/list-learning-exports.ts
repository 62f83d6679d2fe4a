import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { LearningExportFilter, LearningExportRef, LearningExportView } from "../exports";
import { learningExportView, learningExportViews } from "./learning-export-rows";
import { requirePerson } from "./training-rows";

/** Exports of training files, newest first, by keyset on their id. */
export async function listLearningExports(
  ctx: Context,
  { app, type, limit, starting_after: after }: LearningExportFilter,
): Promise<List<LearningExportView>> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  const ofApp = app === undefined ? sql`true` : sql`x.app_id = ${(await findApp(ctx, app)).id}`;
  const ofType = type === undefined ? sql`true` : sql`x.type_id = ${(await findType(ctx, type)).id}`;
  const past = after === undefined ? sql`true` : sql`x.id < ${after}`;
  const found = await learningExportViews(ctx, sql`${ofApp} and ${ofType} and ${past}`, limit + 1);
  return {
    object: "list",
    url: "/api/v1/learning_exports",
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}

/** One export with its progress. Throws `not_found`. */
export async function getLearningExport(
  ctx: Context,
  { id }: LearningExportRef,
): Promise<LearningExportView> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  return learningExportView(ctx, id);
}
