import { eq, sql } from "drizzle-orm";
import { apps } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { UpdateApp } from "../inputs";
import type { AppView } from "../views";
import { requireMember } from "./create-app";
import { findApp, missing } from "./find";
import { readApps } from "./read-apps";

/** Changes an app's name, description or owner, or archives it (its submissions are then refused). */
export async function updateApp(ctx: Context, input: UpdateApp): Promise<AppView> {
  authorize(ctx, "apps.write");
  return inTransaction(ctx, async (ctx) => {
    const before = await findApp(ctx, input.app);
    await requireMember(ctx, input.owner_id);
    await ctx.db
      .update(apps)
      .set({
        name: input.name ?? before.name,
        description: input.description ?? before.description,
        ownerId: input.owner_id === undefined ? before.ownerId : input.owner_id,
        archivedAt: archivedAt(input.archived, before.archivedAt),
      })
      .where(eq(apps.id, before.id));
    const [view] = await readApps(ctx, { where: eq(apps.id, before.id), limit: 1 });
    const changed = Object.keys(input).filter((field) => field !== "app");
    await record(ctx, "app.changed", before.id, { changed, archived: input.archived });
    return view ?? missing("app", input.app);
  });
}

/** Archiving what is archived keeps the first moment. */
export function archivedAt(archived: boolean | undefined, before: Date | null) {
  if (archived === undefined) return before;
  return archived ? (before ?? sql`now()`) : null;
}
