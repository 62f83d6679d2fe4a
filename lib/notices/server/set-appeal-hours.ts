import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { appealHours, keepAppealHours } from "./appeal-settings";

/** Sets how long an appeal may wait for its answer, hours; those that wait already keep their time. */
export async function setAppealHours(ctx: Context, { hours }: { hours: number }): Promise<{ hours: number }> {
  authorize(ctx, "notices.manage");
  return inTransaction(ctx, async (ctx) => {
    const before = await appealHours(ctx);
    await keepAppealHours(ctx, hours);
    await record(ctx, "appeals.time_changed", ctx.orgId, { before, after: hours });
    return { hours };
  });
}
