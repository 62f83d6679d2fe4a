import { createHash } from "node:crypto";
import { setImmediate as breathe } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { JsonValue } from "@/lib/kernel/json";
import { newId } from "@/lib/kernel/ids";
import { learningText } from "@/lib/models/learning-text";
import { classifyWithArtifact } from "@/lib/models/server/local-artifact";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

type Shadow = { id: string; model_id: string; app_id: string; type_id: string };
type Waiting = { id: string; input: JsonValue };

const mostATurn = 100;

/**
 * A timer: what each model in shadow would have said of the decisions since, as runs that lead to nothing. Answers how
 * many it answered. Two workers at once: one of them has the turn.
 */
export async function answerInShadow(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const shadows = await rowsOf<Shadow>(
    ctx.db,
    sql`select x.id, m.id as model_id, x.app_id, x.type_id from model_artifacts x
      join models m on m.org_id = x.org_id and m.provider = 'local' and m.model_id = x.id and m.archived_at is null
      where x.org_id = ${ctx.orgId} and x.status = 'shadow'`,
  );
  let answered = 0;
  for (const shadow of shadows) answered += await answerFor({ ...ctx, now: new Date() }, shadow);
  return answered;
}

async function answerFor(ctx: Context, shadow: Shadow): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const [mine] = await rowsOf<{ had: boolean }>(
      ctx.db,
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`shadow ${shadow.id}`}, 0)) as had`,
    );
    if (!mine?.had) return 0;
    const waiting = await readWaiting(ctx, shadow);
    for (const decision of waiting) {
      await breathe();
      await answerOne(ctx, shadow, decision);
    }
    return waiting.length;
  });
}

// In the order of decisions, from the last one answered; what committed a little late is still found behind it.
function readWaiting(ctx: Context, { id, model_id, app_id, type_id }: Shadow): Promise<Waiting[]> {
  return rowsOf<Waiting>(
    ctx.db,
    sql`with reached as (select max(d.created_at) - interval '2 minutes' as at from (
          select decision_id from runs where org_id = ${ctx.orgId} and app_id = ${app_id} and model_id = ${model_id}
            and purpose = 'shadow' order by created_at desc, id desc limit 1) last join decisions d on d.id = last.decision_id)
      select d.id, d.input from decisions d, model_artifacts x, reached
      where x.id = ${id} and d.org_id = ${ctx.orgId} and d.app_id = ${app_id} and d.type_id = ${type_id} and not d.measure
        and d.created_at > greatest(x.shadow_at, reached.at)
        and not exists (select 1 from runs r where r.decision_id = d.id and r.model_id = ${model_id} and r.purpose = 'shadow')
      order by d.created_at, d.id limit ${mostATurn}`,
  );
}

async function answerOne(ctx: Context, shadow: Shadow, { id, input }: Waiting): Promise<void> {
  const text = learningText(input);
  const began = performance.now();
  const said = await classifyWithArtifact(ctx, shadow.id, text);
  const output = JSON.stringify({ predicted: said.predicted, rationale: said.rationale });
  await rowsOf(
    ctx.db,
    sql`insert into runs (id, org_id, app_id, type_id, purpose, status, model_id, decision_id, asked_by, request_hash, output,
        confidence, cost_micros, latency_ms, calls, finished_at)
      values (${newId("run")}, ${ctx.orgId}, ${shadow.app_id}, ${shadow.type_id}, 'shadow', 'succeeded', ${shadow.model_id},
        ${id}, ${shadow.id}, ${createHash("sha256").update(text).digest("hex")}, ${output}::jsonb, ${said.confidence}, 0,
        ${performance.now() - began}, 1, now())`,
  );
}
