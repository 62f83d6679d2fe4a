import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import type { EpochCause } from "../schema";
import { beginEpoch, type EpochBegun } from "./begin-epoch";
import { recallUnsent } from "./recall-unsent";
import { tellChange } from "./tell-change";

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
    const recalled = await recallUnsent(ctx, begun.before.epochId);
    const { cause, why } = input;
    const { epochId, level, threshold } = begun.before;
    const data = {
      cause,
      epoch: begun.epochId,
      ended: epochId,
      level,
      threshold,
      recalled,
      ...input.evidence,
    };
    await tellChange(ctx, begun.contract, {
      event: level === "auto" ? "contract.stepped_down" : "contract.changed",
      did: "stepped_down",
      data,
      why,
    });
    return { ...begun, recalled };
  });
}
