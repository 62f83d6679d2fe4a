import { eq } from "drizzle-orm";
import { userSettings } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { preferencesOf, type Preferences } from "../preferences";

export type PreferencesAnswer = Preferences & { object: "notification_preferences" };

/** How and when the caller is told. */
export async function getPreferences(ctx: Context): Promise<PreferencesAnswer> {
  authorize(ctx, "notices.read");
  const [row] = await ctx.db
    .select({ stored: userSettings.notifications })
    .from(userSettings)
    .where(eq(userSettings.userId, ownId(ctx)));
  return { object: "notification_preferences", ...preferencesOf(row?.stored) };
}

/** The id of the person who acts. Throws `forbidden` for anybody who is not one. */
export function ownId(ctx: Context): string {
  if (ctx.actor.kind === "user") return ctx.actor.id;
  throw new DomainError("forbidden", "Only a person has a bell: use a personal access token or sign in.");
}
