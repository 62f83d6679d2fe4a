import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { type ExperimentView, mostExperimentItems, type NewExperiment } from "../experiments";
import { candidatesFor, wrongPart, type ReadyCandidate } from "./candidates-for";
import { requireOneCurrency } from "./require-one-currency";
import { evaluatorsFor, insertEvaluators } from "./evaluators-for";
import { experimentById } from "./experiment-rows";

type Version = {
  id: string;
  status: string;
  app_id: string;
  type_id: string;
  archived: boolean;
  items: number;
};

/**
 * Candidates to be run over a version of a dataset; a worker begins at once. Throws `not_found`, `dataset_not_ready`, `dataset_archived` and
 * `validation_failed`.
 */
export async function createExperiment(ctx: Context, input: NewExperiment): Promise<ExperimentView> {
  authorize(ctx, "experiments.run");
  const version = await versionOf(ctx, input);
  const candidates = await candidatesFor(ctx, version, input);
  const evaluators = await evaluatorsFor(ctx, version, input);
  const id = newId("experiment");
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`insert into experiments (id, org_id, app_id, type_id, name, dataset_version_id, split, status, cost_cap_micros,
          margin, issue_id, created_by)
        values (${id}, ${ctx.orgId}, ${version.app_id}, ${version.type_id}, ${input.name}, ${version.id},
          ${input.split ?? null}, 'pending', ${input.cost_cap_micros ?? null}, ${input.margin}, ${input.issue ?? null},
          ${actorName(ctx.actor)})`,
    );
    await insertCandidates(ctx, id, candidates);
    await insertEvaluators(ctx, id, evaluators);
    await emit(ctx, { type: "experiment.changed", subject: id });
    await record(ctx, "experiment.started", id, {
      name: input.name,
      version: version.id,
      candidates: candidates.map(({ kind, name }) => `${kind}: ${name}`),
      evaluators: evaluators.map(({ evaluatorId }) => evaluatorId),
      cap: input.cost_cap_micros ?? null,
    });
    const view = await experimentById(ctx, id);
    if (input.cost_cap_micros !== undefined) requireOneCurrency(view);
    return view;
  });
}

async function versionOf(ctx: Context, { dataset_version, split }: NewExperiment): Promise<Version> {
  const ofSplit = split === undefined ? sql`true` : sql`i.split = ${split}`;
  const [version] = await rowsOf<Version>(
    ctx.db,
    sql`select v.id, v.status, d.app_id, d.type_id, d.archived_at is not null as archived,
        (select count(*)::int from dataset_items i where i.version_id = v.id and ${ofSplit}) as items
      from dataset_versions v join datasets d on d.id = v.dataset_id
      where v.id = ${dataset_version} and v.org_id = ${ctx.orgId}`,
  );
  if (!version) throw new DomainError("not_found", `There is no dataset version ${dataset_version}`);
  if (version.status !== "ready") {
    throw new DomainError("conflict", `This dataset version is ${version.status}`, {
      code: "dataset_not_ready",
    });
  }
  if (version.archived) {
    throw new DomainError("conflict", "The dataset is archived", { code: "dataset_archived" });
  }
  if (version.items === 0) throw wrongPart("/split", "has no items in this version");
  if (version.items > mostExperimentItems) {
    const most = mostExperimentItems.toLocaleString("en");
    throw wrongPart("/split", `has ${version.items.toLocaleString("en")} items; an experiment takes ${most}`);
  }
  return version;
}

async function insertCandidates(
  ctx: Context,
  id: string,
  candidates: readonly ReadyCandidate[],
): Promise<void> {
  for (const [position, one] of candidates.entries()) {
    await rowsOf(
      ctx.db,
      sql`insert into experiment_candidates (id, experiment_id, position, kind, name, is_baseline, prompt_version_id,
          artifact_id, policy_version_id)
        values (${newId("candidate")}, ${id}, ${position}, ${one.kind}, ${one.name}, ${one.isBaseline},
          ${one.promptVersionId}, ${one.artifactId}, ${one.policyVersionId})`,
    );
  }
}
