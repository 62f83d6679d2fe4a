import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { FineTuneFilter, FineTuneRef, FineTuneView } from "../fine-tunes";
import { fineTuneView, fineTuneViews } from "./fine-tune-rows";
import { requirePerson } from "./training-rows";

/** Fine-tuning jobs, newest first, by keyset on their id. */
export async function listFineTunes(
  ctx: Context,
  { app, type, limit, starting_after: after }: FineTuneFilter,
): Promise<List<FineTuneView>> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  const ofApp = app === undefined ? sql`true` : sql`x.app_id = ${(await findApp(ctx, app)).id}`;
  const ofType = type === undefined ? sql`true` : sql`e.type_id = ${(await findType(ctx, type)).id}`;
  const past = after === undefined ? sql`true` : sql`x.id < ${after}`;
  const found = await fineTuneViews(ctx, sql`${ofApp} and ${ofType} and ${past}`, limit + 1);
  return {
    object: "list",
    url: "/api/v1/fine_tunes",
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}

/** One job. Throws `not_found`. */
export async function getFineTune(ctx: Context, { id }: FineTuneRef): Promise<FineTuneView> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  return fineTuneView(ctx, id);
}
