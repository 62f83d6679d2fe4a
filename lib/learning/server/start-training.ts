import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { StartTraining, TrainingView } from "../trainings";
import { requirePerson, tellStep, trainingView } from "./training-rows";

/** Asks for a round of training; a worker does it. Throws `not_found`, and `training_under_way`: one at a time an app and type. */
export async function startTraining(ctx: Context, input: StartTraining): Promise<TrainingView> {
  authorize(ctx, "learning.train");
  requirePerson(ctx);
  const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
  const sources = [...new Set(input.sources)];
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`select pg_advisory_xact_lock(hashtextextended(${`training ${app.id} ${type.id}`}, 0))`,
    );
    const [other] = await rowsOf<{ id: string }>(
      ctx.db,
      sql`select id from trainings where app_id = ${app.id} and type_id = ${type.id}
        and status in ('pending', 'running') limit 1`,
    );
    if (other)
      throw new DomainError("conflict", "A round of training is under way already.", {
        code: "training_under_way",
        extra: { training: other.id },
      });
    const id = newId("training");
    await rowsOf(
      ctx.db,
      sql`insert into trainings (id, org_id, app_id, type_id, sources, baseline_artifact_id, created_by)
        values (${id}, ${ctx.orgId}, ${app.id}, ${type.id}, ${JSON.stringify(sources)}::jsonb,
          (select x.id from model_artifacts x where x.app_id = ${app.id} and x.type_id = ${type.id} and x.status = 'active'),
          ${actorName(ctx.actor)})`,
    );
    await tellStep(ctx, id, "started", { app: app.id, type: type.id, sources });
    return trainingView(ctx, id);
  });
}
