import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { foldsAgree } from "../fold-json";
import { foldTermsOf } from "../fold-terms";
import { anew, keepAndHeed } from "./fold-epoch";
import { holdFold, sourceOf, standingFold, type FoldOptions } from "./hold-fold";

/** `nothing`: no evidence yet, or somebody is folding it at this moment. */
export type Recomputed = "agrees" | "differed" | "nothing";

/**
 * Computes a certification period's fold again from its decisions, and holds it against the stored one. The one computed
 * again stands; a difference is in the journal, but for one that a changed label explains.
 */
export async function recomputeEpoch(
  ctx: Context,
  contractId: string,
  options: FoldOptions = {},
): Promise<Recomputed> {
  authorize(ctx, "system.run");
  return inTransaction(ctx, async (ctx) => {
    const held = await holdFold(ctx, contractId);
    const terms = held && foldTermsOf(held.contract.terms, held.epoch);
    if (!held || !terms || held.epoch.state === null) return "nothing";
    const stored = standingFold(held.epoch, terms);
    const computed = await anew(ctx, held, { source: sourceOf(held, options), terms });
    if (held.epoch.stale === null && foldsAgree(stored.state, computed.state)) return "agrees";
    if ((await keepAndHeed(ctx, held, { ...computed, terms })) === null) return "nothing";
    const { epoch, contract } = held;
    const isExplained = epoch.stale !== null;
    const counts = { records: stored.state.records, computed_records: computed.state.records };
    if (!isExplained)
      await record(ctx, "contract.recomputed", contract.id, {
        epoch: epoch.id,
        cursor: computed.cursor,
        ...counts,
      });
    return isExplained ? "agrees" : "differed";
  });
}
