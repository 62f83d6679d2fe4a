import { notificationDeliveries } from "@/db/schema";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import type { DeliveryView } from "../channels";
import { findChannel } from "./change-channel";
import { ownId } from "./get-preferences";
import { readDelivery } from "./list-deliveries";

/** Puts a test message on its way: a mail to the caller, or a line to the webhook. It is tried once. */
export async function sendTest(ctx: Context, { channelId }: { channelId: string }): Promise<DeliveryView> {
  authorize(ctx, "notices.manage");
  const me = ownId(ctx);
  return inTransaction(ctx, async (ctx) => {
    const channel = await findChannel(ctx, channelId);
    const id = newId("delivery");
    await ctx.db.insert(notificationDeliveries).values({
      id,
      orgId: ctx.orgId,
      kind: channel.kind,
      channelId,
      userId: channel.kind === "email" ? me : null,
      notificationIds: [],
      content: { test: true, title: "Test message" },
    });
    await record(ctx, "notification_channel.tested", channelId);
    return readDelivery(ctx, id);
  });
}
