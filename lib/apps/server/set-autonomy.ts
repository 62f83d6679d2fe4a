import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { SetAutonomy } from "../inputs";
import { partWords, raisedParts, type RaisedPart } from "../raised-parts";
import type { AutonomyView } from "../views";
import { holdAutonomy, putAutonomy } from "./put-autonomy";

/**
 * Sets how far an app may act alone with one decision type, as a whole. The caller names the version it read;
 * throws `stale_version` when somebody was first, and `needs_two` where a person lets more run alone of a type that moves
 * money or cannot be undone. Decisions already routed stay as they were routed.
 */
export async function setAutonomy(ctx: Context, input: SetAutonomy): Promise<AutonomyView> {
  authorize(ctx, "autonomy.write");
  return inTransaction(ctx, async (ctx) => {
    const { autonomy } = input;
    const { pair, type, before } = await holdAutonomy(ctx, { ...input, version: autonomy.version });
    const raised = raisedParts(before, autonomy);
    if (type.raisingTakesTwo && ctx.actor.kind !== "system" && raised.length > 0) needsTwo(raised);
    return putAutonomy(ctx, { pair, before, autonomy });
  });
}

function needsTwo(raised: readonly RaisedPart[]): never {
  const what = raised.map((part) => partWords[part]).join(", ");
  throw new DomainError(
    "conflict",
    `This decision type moves money or cannot be undone, and this lets more of it run alone (${what}). Propose it: another admin signs.`,
    { code: "needs_two", extra: { raised: [...raised] } },
  );
}
