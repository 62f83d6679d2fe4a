import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { actorName, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { TrainingView } from "../trainings";
import type { TrainingStatus } from "../vocabulary";
import { stamp } from "./stamp";

/** The organisation's rounds that hold to `where` (over alias `r`), newest first. */
export async function trainingViews(ctx: Context, where: SQL, limit: number): Promise<TrainingView[]> {
  const rows = await rowsOf<Omit<TrainingView, "object">>(
    ctx.db,
    sql`select r.id, r.app_id, t.key as type, r.status, r.progress, r.sources, r.report, r.error,
        case when b.id is not null then json_build_object('id', b.id, 'version', b.version) end as baseline,
        case when x.id is not null then json_build_object('id', x.id, 'version', x.version, 'status', x.status) end as artifact,
        coalesce(maker.name, r.created_by) as created_by, coalesce(proposer.name, r.proposed_by) as proposed_by,
        coalesce(r.proposed_by = ${actorName(ctx.actor)}, false) as own_proposal, coalesce(signer.name, r.signed_by) as signed_by, ${stamp("r.created_at")} as created_at,
        ${stamp("r.finished_at")} as finished_at, ${stamp("r.proposed_at")} as proposed_at,
        ${stamp("r.signed_at")} as signed_at
      from trainings r join decision_types t on t.id = r.type_id
      left join model_artifacts b on b.id = r.baseline_artifact_id
      left join model_artifacts x on x.id = r.artifact_id
      left join users maker on 'user:' || maker.id = r.created_by
      left join users proposer on 'user:' || proposer.id = r.proposed_by
      left join users signer on 'user:' || signer.id = r.signed_by
      where r.org_id = ${ctx.orgId} and ${where} order by r.id desc limit ${limit}`,
  );
  return rows.map((row) => ({ ...row, object: "training" }));
}

/** One round of the organisation. Throws `not_found`. */
export async function trainingView(ctx: Context, id: string): Promise<TrainingView> {
  const [view] = await trainingViews(ctx, sql`r.id = ${id}`, 1);
  if (!view) throw new DomainError("not_found", `There is no round of training ${id.slice(0, 64)}`);
  return view;
}

/** What a step of a round reads and locks. */
export type LockedTraining = {
  id: string;
  status: TrainingStatus;
  app_id: string;
  type_id: string;
  artifact_id: string | null;
  baseline_artifact_id: string | null;
  artifact_status: string | null;
  proposed_by: string | null;
};

/** One round, locked for a step that wants it in one of `wanted`. Throws `not_found` and `training_not_there`. */
export async function lockTraining(
  ctx: Context,
  id: string,
  wanted: readonly TrainingStatus[],
): Promise<LockedTraining & { artifact_id: string }> {
  const [row] = await rowsOf<LockedTraining>(
    ctx.db,
    sql`select r.id, r.status, r.app_id, r.type_id, r.artifact_id, r.baseline_artifact_id, r.proposed_by,
        (select x.status from model_artifacts x where x.id = r.artifact_id) as artifact_status
      from trainings r where r.id = ${id} and r.org_id = ${ctx.orgId} for update`,
  );
  if (!row) throw new DomainError("not_found", `There is no round of training ${id.slice(0, 64)}`);
  const { artifact_id: artifactId } = row;
  if (artifactId === null || !wanted.includes(row.status)) throw notThere(`This round is ${row.status}.`);
  return { ...row, artifact_id: artifactId };
}

export function notThere(sentence: string): DomainError {
  return new DomainError("conflict", sentence, { code: "training_not_there" });
}

/** Only a person moves a model: a key belongs to the app whose model it is. */
export function requirePerson(ctx: Context): void {
  if (ctx.actor.kind === "user") return;
  throw new DomainError("forbidden", "Only a person can do this: use a personal access token or sign in.");
}

/** Event and journal entry of a step, last in its transaction. */
export async function tellStep(ctx: Context, id: string, step: string, data: object = {}): Promise<void> {
  const [type] = await rowsOf<{ key: string }>(
    ctx.db,
    sql`select t.key from trainings r join decision_types t on t.id = r.type_id where r.id = ${id}`,
  );
  const about = { step, by: actorName(ctx.actor), type: type?.key ?? null };
  await emit(ctx, { type: "training.changed", subject: id, data: about });
  await record(ctx, `training.${step}`, id, data);
}
