import { and, eq } from "drizzle-orm";
import { apps, stops, users } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { CreateApp } from "../inputs";
import type { AppView } from "../views";
import { keyTaken, missing } from "./find";
import { readApps } from "./read-apps";

/** Makes an app, and its kill switch with it. Its decisions go to people until somebody says otherwise. */
export async function createApp(ctx: Context, input: CreateApp): Promise<AppView> {
  authorize(ctx, "apps.write");
  return inTransaction(ctx, async (ctx) => {
    await requireMember(ctx, input.owner_id);
    const [made] = await ctx.db
      .insert(apps)
      .values({
        id: newId("app"),
        orgId: ctx.orgId,
        key: input.key,
        name: input.name,
        description: input.description,
        ownerId: input.owner_id,
      })
      .onConflictDoNothing({ target: [apps.orgId, apps.key] })
      .returning({ id: apps.id });
    if (!made) return keyTaken("an app", input.key);
    await ctx.db.insert(stops).values({ orgId: ctx.orgId, scope: "app", scopeId: made.id });
    const [view] = await readApps(ctx, { where: eq(apps.id, made.id), limit: 1 });
    await record(ctx, "app.created", made.id, { key: input.key });
    return view ?? missing("app", made.id);
  });
}

/** Throws unless the owner, when there is one, belongs to the organisation. */
export async function requireMember(ctx: Context, ownerId: string | null | undefined): Promise<void> {
  if (!ownerId) return;
  const [owner] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, ownerId), eq(users.orgId, ctx.orgId)));
  if (owner) return;
  throw new DomainError("invalid", `There is no member ${ownerId}.`, {
    code: "validation_failed",
    errors: [
      { pointer: "/owner_id", code: "not_found", message: "is not a member", fix: "Name a member, or null." },
    ],
  });
}
