import { sql } from "drizzle-orm";
import type { JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { emit, type NewEvent } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { hotRowsOf } from "@/lib/server/rows";
import type { Answer, Classified } from "../connector";
import type { ExecutionStatus } from "../schema";
import { storable } from "../storable";
import { disputeLate } from "./dispute-late";

/** What a worker found out by one send it had claimed. */
export type SendResult = {
  executionId: string;
  decisionId: string;
  fence: number;
  answer: Answer;
  classified: Classified;
  /** How long to wait before its next step, if it has one, milliseconds. */
  nextInMs: number;
  needsPerson: boolean;
};

export type Settled = { settled: number; stale: number };

const longestText = 16_384;
const longestResult = 65_536;

/**
 * Records a group of results in one transaction, by compare-and-set on the fence. A worker whose lease lapsed changes
 * nothing: its attempt is marked `stale`, and what it contradicts becomes disputed. Running it again after a lost
 * commit is harmless.
 */
export async function settleExecutions(ctx: Context, results: readonly SendResult[]): Promise<Settled> {
  authorize(ctx, "system.run");
  if (results.length === 0) return { settled: 0, stale: 0 };
  const items = JSON.stringify(results.map(itemOf));
  const settled = await inTransaction(ctx, async (ctx) => {
    // The attempt first: the database lets an execution wait again only when its send is on record as never written.
    await endAttempts(ctx, items);
    const moved = await moveExecutions(ctx, items);
    await emit(ctx, ...moved.map(eventOf));
    const isEach = moved.length === results.length;
    const disputed = isEach ? [] : await disputeLate(ctx, sql`jsonb_to_recordset(${items}::jsonb) ${shape}`);
    if (moved.length + disputed.length > 0) {
      await record(ctx, "executions.settled", ctx.orgId, {
        items: moved.map(({ id, status, fence }) => ({ execution: id, status, fence })),
        ...(disputed.length > 0 ? { disputed: disputed.map(({ id }) => id) } : {}),
      });
    }
    crashPoint("settle.before_commit");
    return { settled: moved.length, stale: results.length - moved.length };
  });
  crashPoint("settle.after_commit");
  return settled;
}

function itemOf({ executionId, fence, answer, classified, nextInMs, needsPerson }: SendResult) {
  const isAnswered = answer.kind === "response";
  return {
    id: executionId,
    fence,
    outcome: classified.outcome,
    status: classified.status,
    reference: classified.reference,
    result: boundedResult(classified.result),
    error: classified.error && storable(classified.error, 1000),
    response_status: isAnswered ? answer.status : null,
    response_body: isAnswered ? storable(answer.text, longestText) : null,
    next_in: nextInMs / 1000,
    needs_person: needsPerson,
  };
}

const shape = sql.raw(
  "as i(id text, fence bigint, outcome text, status text, reference text, result jsonb, error text, response_status int, response_body text, next_in float8, needs_person boolean)",
);

async function endAttempts(ctx: Context, items: string): Promise<void> {
  await hotRowsOf(
    ctx.db,
    sql`with i as (select * from jsonb_to_recordset(${items}::jsonb) ${shape}),
      held as (select e.id, e.fence from executions e join i on e.id = i.id and e.fence = i.fence
        where e.org_id = ${ctx.orgId} and e.status = 'in_flight' order by e.id for update of e)
      update attempts a set outcome = case when h.id is null then 'stale' else i.outcome end, error = i.error,
        response_status = i.response_status, response_body = i.response_body, ended_at = clock_timestamp()
      from i left join held h on h.id = i.id
      where a.execution_id = i.id and a.fence = i.fence and a.kind = 'send' and a.outcome = 'intent'`,
  );
}

type Moved = {
  id: string;
  fence: number;
  decision_id: string;
  status: ExecutionStatus;
  error: string | null;
  reference: string | null;
  needs_person: boolean;
};

// A send that was never written gives its attempt back: only sends that may have arrived count towards the limit.
function moveExecutions(ctx: Context, items: string): Promise<Moved[]> {
  return hotRowsOf<Moved>(
    ctx.db,
    sql`update executions e set status = i.status, external_reference = coalesce(i.reference, e.external_reference),
        result = case when i.status in ('succeeded', 'failed') then i.result else e.result end, last_error = i.error,
        attempt = e.attempt - case when i.outcome = 'not_sent' then 1 else 0 end, needs_person = i.needs_person,
        last_sent_at = case when i.status = 'pending' then null else e.last_sent_at end,
        next_at = now() + make_interval(secs => i.next_in), lease_until = null,
        settled_at = case when i.status in ('succeeded', 'failed') then now() end, updated_at = now()
      from jsonb_to_recordset(${items}::jsonb) ${shape}
      where e.id = i.id and e.fence = i.fence and e.org_id = ${ctx.orgId} and e.status = 'in_flight'
      returning e.id, e.fence::float8 as fence, e.decision_id, e.status, e.last_error as error,
        e.external_reference as reference, e.needs_person`,
  );
}

function eventOf(moved: Moved): NewEvent {
  const { status, reference, error, needs_person } = moved;
  return {
    type: status === "succeeded" ? "decision.executed" : "decision.execution_updated",
    subject: moved.id,
    decisionId: moved.decision_id,
    data: { status, reference, error, needs_person },
  };
}

function boundedResult(result: JsonValue): JsonValue {
  return result === null || JSON.stringify(result).length <= longestResult ? result : null;
}
