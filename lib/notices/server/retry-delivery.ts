import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { DeliveryView } from "../channels";
import { readDelivery } from "./list-deliveries";

/** Sends a message that was given up once more, with all its tries anew. Throws `not_found`, `conflict`. */
export async function retryDelivery(
  ctx: Context,
  { deliveryId }: { deliveryId: string },
): Promise<DeliveryView> {
  authorize(ctx, "notices.manage");
  return inTransaction(ctx, async (ctx) => {
    const again = await rowsOf<{ id: string }>(
      ctx.db,
      sql`update notification_deliveries set status = 'pending', attempts = 0, not_before = now(), lease_until = null
        where id = ${deliveryId} and org_id = ${ctx.orgId} and status = 'failed' returning id`,
    );
    const now = await readDelivery(ctx, deliveryId);
    if (again.length === 0) throw new DomainError("conflict", `It was not given up: it is ${now.status}.`);
    await record(ctx, "notification.retried", deliveryId);
    return now;
  });
}
