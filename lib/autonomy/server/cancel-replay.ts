import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReplayView } from "../replay-views";
import { replayView, requirePerson } from "./rows-of-replay";

/** Stops a replay that is under way. Again changes nothing. Throws `not_found` and `replay_finished`. */
export async function cancelReplay(ctx: Context, { replay }: { replay: string }): Promise<ReplayView> {
  authorize(ctx, "replays.run");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [stopped] = await rowsOf<{ done: number }>(
      ctx.db,
      sql`update replays set status = 'cancelled', finished_at = now(), lease_until = null, state = null
        where id = ${replay} and org_id = ${ctx.orgId} and status in ('pending', 'running') returning done`,
    );
    const view = await replayView(ctx, replay);
    if (stopped) {
      await emit(ctx, { type: "replay.finished", subject: replay, data: { status: "cancelled" } });
      await record(ctx, "replay.cancelled", replay, { done: stopped.done });
    } else if (view.status !== "cancelled") {
      throw new DomainError("conflict", `This replay is ${view.status} already`, { code: "replay_finished" });
    }
    return view;
  });
}
