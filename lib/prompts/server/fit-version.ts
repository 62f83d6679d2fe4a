import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { ConfidenceSource } from "@/lib/models/vocabulary";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { fitCombination, leastJudged, type JudgedAnswer } from "../confidence";
import type { FitVersion, PromptVersionView } from "../endpoints";
import { settingsOf } from "../settings";
import { saveVersion } from "./save-version";
import { findPrompt, loadVersion, requireLive, versionName } from "./version-rows";

/** Judged answers that a fit reads at most, the newest. */
const mostJudged = 20_000;

/**
 * Fits a combination of the confidence sources on a version's answers whose truth is known, and drafts a version that uses
 * it: another way to a confidence is another prompt version to every contract. Throws `too_few_labels`.
 */
export async function fitVersion(ctx: Context, input: FitVersion): Promise<PromptVersionView> {
  authorize(ctx, "prompts.write");
  const prompt = await findPrompt(ctx, input);
  requireLive(prompt);
  const [found] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from prompt_versions where prompt_id = ${prompt.id} and version = ${input.version}`,
  );
  if (!found) throw new DomainError("not_found", `The prompt ${prompt.key} has no version ${input.version}.`);
  const { version, model } = await loadVersion(ctx, found.id);
  const judged = await judgedAnswers(ctx, version.id);
  const fitted = fitCombination(judged);
  if (!fitted) {
    const wrong = judged.filter(({ right }) => !right).length;
    throw new DomainError(
      "conflict",
      `A fit takes ${leastJudged.all} judged answers, at least ${leastJudged.each} of them right and as many wrong; there are ${judged.length}, ${wrong} of them wrong.`,
      { code: "too_few_labels" },
    );
  }
  const from = versionName(prompt.key, version.version);
  const settings = {
    ...settingsOf(version.settings),
    confidence: "combined" as const,
    combination: { ...fitted, fitted_on: judged.length, from },
  };
  const { messages } = version;
  const note = input.note || `Confidence fitted on ${judged.length} judged answers of ${from}.`;
  return saveVersion(ctx, {
    app: prompt.appId,
    prompt: prompt.id,
    model: model.id,
    messages,
    settings,
    note,
  });
}

/** One answer a decision: whether what it said was right, weighed by one over the propensity of its truth. */
async function judgedAnswers(ctx: Context, versionId: string): Promise<JudgedAnswer[]> {
  const rows = await rowsOf<{
    id: string;
    confidences: Partial<Record<ConfidenceSource, number>>;
    right: boolean;
    pi: number;
  }>(
    ctx.db,
    sql`select distinct on (d.id) d.id, r.confidences, (r.output ->> 'predicted') = d.truth as right, d.truth_pi as pi
      from runs r join decisions d on d.id = r.decision_id
      where r.org_id = ${ctx.orgId} and r.prompt_version_id = ${versionId} and r.purpose in ('decision', 'shadow')
        and r.status = 'succeeded' and r.confidences is not null and d.truth is not null
      order by d.id desc, r.id desc limit ${mostJudged}`,
  );
  return rows.map(({ id, confidences, right, pi }) => ({ id, confidences, right, weight: 1 / pi }));
}
