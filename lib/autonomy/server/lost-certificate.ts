import type { Context } from "@/lib/server/context";
import { thresholdsOf, type Fold, type FoldTerms } from "../fold";
import { foldFromJson } from "../fold-json";
import { thresholdText } from "../threshold-text";
import { lockLiveContract, readEpoch } from "./contract-rows";
import type { Held } from "./hold-fold";
import { stepDown } from "./step-down";
import { tighten } from "./tighten";

export type Lost = { threshold: number; n: number; wrong: number; stricter: number | null };

/**
 * The threshold that is in force, where the stored evidence certified it and `state`, counted again because labels have
 * changed, does not; with the nearest stricter one that it certifies. Null: nothing of the kind. Evidence alone never
 * takes a certificate back (a p-value is the least it ever was); a label that turned out otherwise does.
 */
export function lostCertificate({ contract, epoch }: Held, terms: FoldTerms, state: Fold): Lost | null {
  const { level, threshold } = contract;
  if (level !== "auto" || threshold === null || epoch.state === null) return null;
  const certified = (fold: Fold) => thresholdsOf(fold, terms).filter((one) => one.certified);
  const isIn = (fold: Fold) => certified(fold).some((one) => one.threshold === threshold);
  if (!isIn(foldFromJson(epoch.state)) || isIn(state)) return null;
  const { n, wrong } = thresholdsOf(state, terms).find((one) => one.threshold === threshold) ?? {
    n: 0,
    wrong: 0,
  };
  const stricter = certified(state)
    .map((one) => one.threshold)
    .filter((one) => one > threshold);
  return { threshold, n, wrong, stricter: stricter.length === 0 ? null : Math.min(...stricter) };
}

/** Goes back to what labels still certify, or to people alone; nobody has to agree. In the fold's own transaction. */
export async function heedLost(ctx: Context, contractId: string, lost: Lost): Promise<void> {
  const { threshold, n, wrong, stricter } = lost;
  const seen = `${wrong.toLocaleString("en")} of ${n.toLocaleString("en")} rulings at or above it are wrong by now`;
  const why = `Labels have changed, and no longer certify confidence ${thresholdText(threshold)}: ${seen}.`;
  if (stricter === null) {
    await stepDown(ctx, { contractId, cause: "labels_changed", why, evidence: { threshold, n, wrong } });
    return;
  }
  const contract = await lockLiveContract(ctx, contractId);
  const epoch = await readEpoch(ctx, contract);
  const back = `${why} Back to ${thresholdText(stricter)}, which they do.`;
  await tighten(ctx, { contract, epoch, threshold: stricter, why: back });
}
