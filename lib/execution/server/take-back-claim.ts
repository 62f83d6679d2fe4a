import { sql } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Returned } from "@/lib/reviews/schema";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { storable } from "../storable";
import type { Answer } from "../connector";
import { returnToReview } from "./return-to-review";

/** A claim of which nothing was sent, because of what a look at the target showed. */
export type TakenBack = {
  executionId: string;
  decisionId: string;
  fence: number;
  attempt: number;
  request: JsonObject | null;
  answer: Answer | null;
  /** `changed`: its approval rests on another state, and goes back; `dead`: a person has to see to it. */
  to: { changed: Omit<Returned, "execution_id">; observed: JsonValue } | { dead: string };
};

/**
 * Gives a claim back before its first byte, by compare-and-set on the fence: its send is on record as never written.
 * Answers false when the lease was lost meanwhile; then whoever has it now decides.
 */
export async function takeBackClaim(ctx: Context, taken: TakenBack): Promise<boolean> {
  authorize(ctx, "system.run");
  const { executionId, fence, to } = taken;
  const why = "dead" in to ? to.dead : to.changed.message;
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`update attempts set outcome = 'not_sent', error = ${why}, ended_at = clock_timestamp()
        where execution_id = ${executionId} and fence = ${fence} and kind = 'send' and outcome = 'intent'
          and exists (select 1 from executions e where e.id = ${executionId} and e.fence = ${fence} and e.status = 'in_flight')`,
    );
    const [back] = await rowsOf(
      ctx.db,
      sql`update executions set status = 'pending', attempt = attempt - 1, last_sent_at = null, lease_until = null,
          last_error = ${why}, next_at = now() + interval '1 second', updated_at = now()
        where id = ${executionId} and org_id = ${ctx.orgId} and fence = ${fence} and status = 'in_flight' returning id`,
    );
    if (!back) return false;
    await writeLook(ctx, taken, "dead" in to ? "ambiguous" : "changed");
    if ("dead" in to) await endForPerson(ctx, taken, to.dead);
    else await returnToReview(ctx, { executionId, returned: to.changed, observed: to.observed });
    return true;
  });
}

async function endForPerson(ctx: Context, { executionId, decisionId, fence }: TakenBack, error: string) {
  await rowsOf(
    ctx.db,
    sql`update executions set status = 'dead', needs_person = true where id = ${executionId}`,
  );
  const data = { status: "dead", error, needs_person: true };
  await emit(ctx, { type: "decision.execution_updated", subject: executionId, decisionId, data });
  await record(ctx, "execution.unobservable", executionId, { fence });
}

export type Look = Pick<TakenBack, "executionId" | "fence" | "attempt" | "request" | "answer">;

/** Writes a look at the target into the attempt log. */
export async function writeLook(
  ctx: Context,
  { executionId, fence, attempt, request, answer }: Look,
  outcome: "unchanged" | "changed" | "succeeded" | "ambiguous",
): Promise<void> {
  const response = answer?.kind === "response" ? answer : null;
  const error = answer && answer.kind !== "response" ? answer.error : null;
  await rowsOf(
    ctx.db,
    sql`insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome, request,
        response_status, response_body, error, ended_at)
      values (${newId("attempt")}, ${ctx.orgId}, ${executionId}, 'observe', ${attempt}, ${fence},
        ${actorName(ctx.actor)}, ${outcome}, ${request === null ? null : JSON.stringify(request)}::jsonb,
        ${response?.status ?? null}, ${response ? storable(response.text, 16_384) : null}, ${error}, clock_timestamp())`,
  );
}
