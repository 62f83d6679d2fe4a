import { sql } from "drizzle-orm";
import { findApp } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ReplayFilter } from "../replay-endpoints";
import type { ReplayView } from "../replay-views";
import { replayViews, requirePerson } from "./rows-of-replay";

/** Replays, newest first, by keyset on their id. */
export async function listReplays(ctx: Context, query: ReplayFilter): Promise<List<ReplayView>> {
  authorize(ctx, "replays.read");
  requirePerson(ctx);
  const { limit, starting_after: after } = query;
  const ofApp = query.app === undefined ? sql`true` : sql`r.app_id = ${(await findApp(ctx, query.app)).id}`;
  const found = await replayViews(
    ctx,
    sql`${ofApp} and ${after === undefined ? sql`true` : sql`r.id < ${after}`}`,
    limit + 1,
  );
  return {
    object: "list",
    url: "/api/v1/replays",
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}
