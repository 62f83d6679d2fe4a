import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { overturned, wasWrong } from "../overturned";
import { answeredMeasures, judgedOf } from "./read-measured";
import { sensitivityBound } from "./reviewer-figures";

export type ReviewerSensitivity = {
  /** Known-wrong proposals that were asked, and those of them that were overturned. */
  wrong: number;
  overturned: number;
  /** Known-right ones, and those left standing. */
  right: number;
  kept: number;
  /** One-sided Clopper-Pearson lower bound at `delta / 2`; 0 when nothing was asked. */
  lower: number;
};

/**
 * How surely the reviewers of a decision type overturn what is wrong, for the correction of autonomy.md §1.5: labels of
 * reviewers certify at `alpha * lower` with `delta / 2`. Only for rulings since `since` (RFC 3339), when given.
 */
export async function reviewerSensitivity(
  ctx: Context,
  input: { typeId: string; delta: number; since?: string },
): Promise<ReviewerSensitivity> {
  authorize(ctx, "autonomy.write");
  const since = input.since === undefined ? sql`true` : sql`m.answered_at >= ${input.since}::timestamptz`;
  const judged = judgedOf(await answeredMeasures(ctx, sql`s.type_id = ${input.typeId} and ${since}`));
  const wrong = judged.filter(({ predicted, right }) => wasWrong(predicted, right));
  const right = judged.filter(({ predicted, right }) => !wasWrong(predicted, right));
  const caught = wrong.filter(({ predicted, verdict }) => overturned(predicted, verdict)).length;
  return {
    wrong: wrong.length,
    overturned: caught,
    right: right.length,
    kept: right.filter(({ predicted, verdict }) => !overturned(predicted, verdict)).length,
    lower: sensitivityBound(caught, wrong.length, input.delta),
  };
}
