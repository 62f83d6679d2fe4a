import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { CloseRaise, RaiseView } from "../raises";
import { decideRaise, lockRaise, raiseView, requireHuman } from "./proposed-raises";

/** Declines what another admin proposed, or withdraws one's own; nothing changes. Throws `not_found`, and `conflict` for a decided one. */
export async function closeRaise(ctx: Context, input: CloseRaise): Promise<RaiseView> {
  authorize(ctx, "autonomy.write");
  requireHuman(ctx);
  return inTransaction(ctx, async (ctx) => {
    const raise = await lockRaise(ctx, input);
    const { proposedBy } = raise;
    const by = actorName(ctx.actor);
    const closed = await decideRaise(ctx, raise, proposedBy === by ? "withdrawn" : "declined");
    const subject = `${raise.appId}/${raise.typeId}`;
    const did = closed.status === "declined" ? "proposal_declined" : "proposal_withdrawn";
    const data = { did, proposal: raise.id, by, proposed_by: proposedBy, why: input.reason };
    await emit(ctx, { type: "autonomy.proposed", subject, data });
    await record(ctx, `autonomy.${did}`, subject, data);
    return raiseView(ctx, closed);
  });
}
