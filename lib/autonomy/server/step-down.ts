import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import type { EpochCause } from "../schema";
import { beginEpoch, type EpochBegun } from "./begin-epoch";
import { recallUnsent } from "./recall-unsent";

export type StepDown = {
  contractId: string;
  cause: EpochCause;
  /** One sentence a person understands; admins read it. */
  why: string;
  evidence?: JsonObject;
};

/**
 * Takes a contract's autonomy back: from the commit on people rule on everything, in a new certification period, and
 * what was let run and is not sent yet comes back to a person. Nobody has to agree. Throws `not_found`, and `conflict`
 * for an archived contract.
 */
export async function stepDown(ctx: Context, input: StepDown): Promise<EpochBegun & { recalled: number }> {
  authorize(ctx, "contracts.step_down");
  return inTransaction(ctx, async (ctx) => {
    const begun = await beginEpoch(ctx, { ...input, kind: "stepped_down" });
    const { contractId, cause, why } = input;
    const recalled = await recallUnsent(ctx, begun.before.epochId);
    const data = { cause, why, epoch: begun.epochId, was: begun.before, recalled };
    await emit(ctx, { type: "contract.stepped_down", subject: contractId, data });
    await record(ctx, "contract.stepped_down", contractId, { ...data, ...input.evidence });
    return { ...begun, recalled };
  });
}
