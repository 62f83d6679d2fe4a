import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import type { RaiseRef } from "../raises";
import type { AutonomyView } from "../views";
import { isAdmin } from "./is-admin";
import { holdAutonomy, putAutonomy } from "./put-autonomy";
import { decideRaise, lockRaise, requireHuman, wantedOf } from "./proposed-raises";

/**
 * The second admin's signature: what was proposed is in force from the commit on. Throws `own_proposal` to whoever proposed
 * it, `proposal_lapsed` where the setting is another by now or the proposer no admin any more, and `not_found`.
 */
export async function signRaise(ctx: Context, input: RaiseRef): Promise<AutonomyView> {
  authorize(ctx, "autonomy.write");
  requireHuman(ctx);
  return inTransaction(ctx, async (ctx) => {
    const raise = await lockRaise(ctx, input);
    if (raise.proposedBy === actorName(ctx.actor)) {
      const message = "You proposed this; another admin signs it.";
      throw new DomainError("forbidden", message, { code: "own_proposal" });
    }
    if (!(await isAdmin(ctx, raise.proposedBy))) lapsed("Whoever proposed this is no admin any more");
    const { version } = raise;
    const { pair, before } = await holdAutonomy(ctx, { ...input, version }).catch(orLapsed);
    // Signed first: the database lets the setting pass by that.
    await decideRaise(ctx, raise, "signed");
    const signed = { id: raise.id, by: raise.proposedBy };
    return putAutonomy(ctx, { pair, before, autonomy: { ...wantedOf(raise), version }, signed });
  });
}

function orLapsed(error: unknown): never {
  if (error instanceof DomainError && error.kind === "precondition_failed") {
    return lapsed("The setting has changed since this was proposed");
  }
  throw error;
}

function lapsed(why: string): never {
  throw new DomainError("conflict", `${why}; propose it again.`, { code: "proposal_lapsed" });
}
