import { sql } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { NewRubric, RubricView } from "../plans";
import { rubricOrThrow } from "./list-rubrics";

/** Writes a rubric. It never changes: answers given to it keep their meaning. */
export async function createRubric(ctx: Context, rubric: NewRubric): Promise<RubricView> {
  authorize(ctx, "audits.plan");
  return inTransaction(ctx, async (ctx) => {
    const id = newId("rubric");
    await rowsOf(
      ctx.db,
      sql`insert into rubrics (id, org_id, name, keys, created_by)
        values (${id}, ${ctx.orgId}, ${rubric.name}, ${JSON.stringify(rubric.keys)}::jsonb, ${actorName(ctx.actor)})`,
    );
    await record(ctx, "rubric.created", id, { keys: rubric.keys.map(({ key }) => key) });
    return rubricOrThrow(ctx, id);
  });
}

/** Puts a rubric away: no new plan can ask it. Archiving it again is no error. */
export async function archiveRubric(ctx: Context, input: { rubricId: string }): Promise<RubricView> {
  authorize(ctx, "audits.plan");
  return inTransaction(ctx, async (ctx) => {
    const archived = await rowsOf(
      ctx.db,
      sql`update rubrics set archived_at = now()
        where id = ${input.rubricId} and org_id = ${ctx.orgId} and archived_at is null returning id`,
    );
    if (archived.length > 0) await record(ctx, "rubric.archived", input.rubricId);
    return rubricOrThrow(ctx, input.rubricId);
  });
}
