import { and, eq } from "drizzle-orm";
import { notificationChannels } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { ChannelDraft, ChannelView } from "../channels";
import { channelOf, sealChannelSecret } from "./channel-rows";

/** Adds a mail server, of which there is one at most, or a webhook. The secret is sealed for its own row. */
export async function createChannel(ctx: Context, draft: ChannelDraft): Promise<ChannelView> {
  authorize(ctx, "notices.manage");
  const { name, enabled, config, secret } = draft;
  if (config.kind === "slack" && !secret) throw addressNeeded();
  const id = newId("channel");
  return inTransaction(ctx, async (ctx) => {
    if (config.kind === "email") await refuseSecondServer(ctx);
    const [row] = await ctx.db
      .insert(notificationChannels)
      .values({
        id,
        orgId: ctx.orgId,
        kind: config.kind,
        name,
        enabled,
        config,
        secret: secret ? sealChannelSecret(id, secret) : null,
        createdBy: actorName(ctx.actor),
      })
      .returning();
    if (!row) throw new Error("a channel was not written");
    await record(ctx, "notification_channel.created", id, { kind: config.kind, enabled });
    return channelOf(row);
  });
}

async function refuseSecondServer(ctx: Context): Promise<void> {
  const found = await ctx.db
    .select({ id: notificationChannels.id })
    .from(notificationChannels)
    .where(and(eq(notificationChannels.orgId, ctx.orgId), eq(notificationChannels.kind, "email")));
  if (found.length > 0) throw new DomainError("conflict", "There is a mail server already; change that one.");
}

export function addressNeeded(): DomainError {
  const message = "A webhook needs its address";
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer: "/secret", code: "required", message, fix: "Paste it as Slack shows it." }],
  });
}
