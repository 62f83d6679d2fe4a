import type { DecisionRecord } from "@/lib/decisions/record";
import { getDecisionRecord } from "@/lib/decisions/server/get-decision-record";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { FlipView } from "../replay-views";
import { openFlip } from "./open-flip";

/** Opens a flip and brings the decision with it: what is recorded as opened was shown. Throws `not_found`. */
export async function openFlipRecord(
  ctx: Context,
  input: { replay: string; decision: string },
): Promise<{ flip: FlipView; record: DecisionRecord }> {
  authorize(ctx, "replays.read");
  const record = await getDecisionRecord(ctx, { decisionId: input.decision });
  return { flip: await openFlip(ctx, input), record };
}
