import { proofOf } from "@/lib/discrepancies/proof";
import { getIssue } from "@/lib/discrepancies/server/read-issues";
import { listProof } from "@/lib/discrepancies/server/read-proof";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ExperimentView } from "../experiments";
import type { TryIssue } from "../issue-endpoints";
import { createExperiment } from "./create-experiment";

const notReady: readonly string[] = ["set", "set_ready", "set_refreshed"];

/**
 * An experiment over all of an issue's regression set: what the app said at the time as the baseline, beside what is to
 * have ended the issue. Throws `set_not_passed` while the set is not ready or lacks attached decisions.
 */
export async function startIssueExperiment(
  ctx: Context,
  { issue: id, candidate, margin, cost_cap_micros }: TryIssue & { issue: string },
): Promise<ExperimentView> {
  authorize(ctx, "experiments.run");
  const issue = await getIssue(ctx, { id });
  const set = await listProof(ctx, { id });
  const proof = proofOf(set);
  if (set.version === null || (!proof.ok && notReady.includes(proof.missing))) {
    const sentence = proof.ok ? "It has no regression set yet." : proof.sentence;
    const missing = proof.ok ? "set" : proof.missing;
    throw new DomainError("conflict", sentence, { code: "set_not_passed", extra: { missing } });
  }
  return createExperiment(ctx, {
    name: `Issue: ${issue.title}`.slice(0, 100),
    dataset_version: set.version.id,
    candidates: [
      { kind: "recorded", baseline: true },
      { ...candidate, baseline: false },
    ],
    // The gate is what the issue is closed by: nobody pays a judge for it.
    evaluators: [],
    margin,
    cost_cap_micros,
    issue: id,
  });
}
