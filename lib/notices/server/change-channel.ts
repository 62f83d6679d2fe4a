import { and, eq, sql } from "drizzle-orm";
import { notificationChannels } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { ChannelConfig, type ChannelDraft, type ChannelView } from "../channels";
import { channelOf, sealChannelSecret, type ChannelRow } from "./channel-rows";

/**
 * Changes a channel as a whole. Without a secret the one that is there stays, but a password is never sent to a server
 * it was not entered for. Throws `not_found`, `secret_required`.
 */
export async function changeChannel(
  ctx: Context,
  { channelId, draft }: { channelId: string; draft: ChannelDraft },
): Promise<ChannelView> {
  authorize(ctx, "notices.manage");
  return inTransaction(ctx, async (ctx) => {
    const before = await findChannel(ctx, channelId);
    const { name, enabled, config, secret } = draft;
    if (config.kind !== before.kind)
      throw new DomainError("conflict", `This channel is of kind ${before.kind}.`);
    requireSecret(before, draft);
    const sealed = secret ? sealChannelSecret(channelId, secret) : secret === null ? null : before.secret;
    const [row] = await ctx.db
      .update(notificationChannels)
      .set({ name, enabled, config, secret: sealed, updatedAt: sql`now()` })
      .where(eq(notificationChannels.id, channelId))
      .returning();
    if (!row) throw new Error("a channel was not changed");
    await record(ctx, "notification_channel.changed", channelId, {
      enabled,
      secret_changed: secret !== undefined,
    });
    return channelOf(row);
  });
}

/** A channel's row, held until the transaction ends. Throws `not_found`. */
export async function findChannel(ctx: Context, channelId: string): Promise<ChannelRow> {
  const [row] = await ctx.db
    .select()
    .from(notificationChannels)
    .where(and(eq(notificationChannels.id, channelId), eq(notificationChannels.orgId, ctx.orgId)))
    .for("update");
  if (!row) throw new DomainError("not_found", `There is no channel ${channelId}`);
  return row;
}

function requireSecret(before: ChannelRow, { config, secret }: ChannelDraft): void {
  const was = ChannelConfig.parse(before.config);
  if (secret !== undefined || before.secret === null || config.kind !== "email" || was.kind !== "email")
    return;
  const same = (["host", "port", "tls", "username"] as const).every((part) => was[part] === config[part]);
  if (same) return;
  const message = "Enter the password again: this is another server or account";
  throw new DomainError("invalid", message, {
    code: "secret_required",
    errors: [{ pointer: "/secret", code: "secret_required", message, fix: "Enter it again, or remove it." }],
  });
}
