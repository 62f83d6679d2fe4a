import { sql } from "drizzle-orm";
import { userSettings } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { Preferences } from "../preferences";
import { ownId, type PreferencesAnswer } from "./get-preferences";

/** Says how and when the caller is told, as a whole. Mail that waits already goes when it was to go. */
export async function setPreferences(ctx: Context, preferences: Preferences): Promise<PreferencesAnswer> {
  authorize(ctx, "notices.read");
  const userId = ownId(ctx);
  return inTransaction(ctx, async (ctx) => {
    await ctx.db
      .insert(userSettings)
      .values({ userId, orgId: ctx.orgId, notifications: preferences })
      .onConflictDoUpdate({
        target: userSettings.userId,
        set: { notifications: preferences, updatedAt: sql`now()` },
      });
    await record(ctx, "notifications.preferences_changed", userId, { digest: preferences.digest });
    return { object: "notification_preferences", ...preferences };
  });
}
