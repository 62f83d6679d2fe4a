import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { FlipView } from "../replay-views";
import { flipViews } from "./list-flips-of-replay";
import { requirePerson } from "./rows-of-replay";

/** Records that this person has looked at a flip; who looked first stays. Throws `not_found`. */
export async function openFlip(
  ctx: Context,
  { replay, decision }: { replay: string; decision: string },
): Promise<FlipView> {
  authorize(ctx, "replays.read");
  requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [opened] = await rowsOf(
      ctx.db,
      sql`update replay_flips set opened_by = ${actorName(ctx.actor)}, opened_at = now()
        where replay_id = ${replay} and decision_id = ${decision} and org_id = ${ctx.orgId} and opened_at is null
        returning decision_id`,
    );
    const [view] = await flipViews(ctx, sql`f.replay_id = ${replay} and f.decision_id = ${decision}`, 1);
    if (!view) throw new DomainError("not_found", `Replay ${replay} lists no decision ${decision}`);
    if (opened) await record(ctx, "replay.flip_opened", replay, { decision_id: decision });
    return view;
  });
}
