import { and, eq } from "drizzle-orm";
import { userSettings } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { Keymap } from "../key-map";

/** The person's own keys, where they differ from the key map. */
export async function getKeymap(ctx: Context): Promise<Keymap> {
  authorize(ctx, "keymap.write");
  const [row] = await ctx.db
    .select({ keymap: userSettings.keymap })
    .from(userSettings)
    .where(and(eq(userSettings.userId, ctx.actor.id), eq(userSettings.orgId, ctx.orgId)));
  return row?.keymap ?? {};
}
