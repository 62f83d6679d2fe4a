import { autonomyRaises } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { raisedParts } from "../raised-parts";
import type { ProposeRaise, RaiseView } from "../raises";
import { holdAutonomy, type Pair } from "./put-autonomy";
import { lapseRaises, openRaises, raiseView, requireHuman } from "./proposed-raises";

/**
 * Asks that an app may act alone more than now with a type that moves money or cannot be undone; another admin signs.
 * Throws `proposal_open`, `stale_version`, `not_found`, and `validation_failed` for what one person may do alone.
 */
export async function proposeRaise(ctx: Context, input: ProposeRaise): Promise<RaiseView> {
  authorize(ctx, "autonomy.write");
  requireHuman(ctx);
  return inTransaction(ctx, async (ctx) => {
    const { autonomy, reason } = input;
    const { pair, type, before } = await holdAutonomy(ctx, { ...input, version: autonomy.version });
    const raised = raisedParts(before, autonomy);
    if (raised.length === 0 || !type.raisingTakesTwo) oneMay();
    await requireNoneOpen(ctx, pair);
    const [row] = await ctx.db
      .insert(autonomyRaises)
      .values({
        ...pair,
        id: newId("autonomyRaise"),
        orgId: ctx.orgId,
        wanted: autonomy,
        version: autonomy.version,
        reason,
        proposedBy: actorName(ctx.actor),
      })
      .returning();
    if (!row) throw new Error("a proposal that was written was not returned");
    const subject = `${pair.appId}/${pair.typeId}`;
    const { level, threshold } = autonomy;
    const data = { did: "proposed", proposal: row.id, by: row.proposedBy, raised, level, threshold };
    await emit(ctx, { type: "autonomy.proposed", subject, data });
    await record(ctx, "autonomy.proposed", subject, { ...data, wanted: autonomy, reason });
    return raiseView(ctx, row);
  });
}

async function requireNoneOpen(ctx: Context, pair: Pair): Promise<void> {
  const open = (await openRaises(ctx, pair.appId)).get(pair.typeId);
  // What was proposed on a setting that is another by now stands in nobody's way.
  if (!open) return lapseRaises(ctx, pair);
  throw new DomainError("conflict", "Something is proposed for this app and type already.", {
    code: "proposal_open",
    extra: { proposal: open.id },
  });
}

function oneMay(): never {
  const message = "This takes one person";
  throw new DomainError("invalid", `${message}: save it.`, {
    code: "validation_failed",
    errors: [{ pointer: "/autonomy", code: "invalid", message, fix: "Set it with PUT." }],
  });
}
