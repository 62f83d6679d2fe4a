import { NotObserved } from "@/lib/reviews/not-observed";
import type { Context } from "@/lib/server/context";
import { observeDecision } from "./observe-decision";

/**
 * A verb that rules, with the look that an approval may need before it: where there is no state to rest on, the
 * target is read outside any transaction and the verb is asked again. Throws `cannot_observe` when it cannot be read:
 * nobody approves what cannot be seen.
 */
export function observeFirst<I, O>(verb: (ctx: Context, input: I) => Promise<O>) {
  return async (ctx: Context, input: I): Promise<O> => {
    try {
      return await verb(ctx, input);
    } catch (error) {
      if (!(error instanceof NotObserved)) throw error;
      await observeDecision(ctx, { decisionId: error.decisionId, args: error.args });
      return verb(ctx, input);
    }
  };
}
