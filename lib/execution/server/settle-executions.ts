import { sql } from "drizzle-orm";
import type { JsonValue } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { crashPoint } from "@/lib/server/crash-point";
import { emit, type NewEvent } from "@/lib/server/events";
import { journalInsert, record } from "@/lib/server/journal";
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
  const settled = (await settleEach(ctx, results, items))
    ? { settled: results.length, stale: 0 }
    : await settleSome(ctx, results, items);
  crashPoint("settle.after_commit");
  return settled;
}

/**
 * The plain case in one statement: every result is still its worker's, and none goes back to wait. False, with nothing
 * changed, where it is not that plain.
 */
async function settleEach(ctx: Context, results: readonly SendResult[], items: string): Promise<boolean> {
  if (results.some(({ classified }) => classified.status === "pending")) return false;
  crashPoint("settle.before_commit");
  const moved = await hotRowsOf<{ id: string }>(
    ctx.db,
    sql`with i as materialized (select * from jsonb_to_recordset(${items}::jsonb) ${shape}),
      held as materialized (select e.id from executions e join i on e.id = i.id and e.fence = i.fence
        where e.org_id = ${ctx.orgId} and e.status = 'in_flight' order by e.id for update of e),
      own as materialized (select i.* from i join held using (id)
        where (select count(*) from held) = (select count(*) from i)),
      ended as (update attempts a set outcome = i.outcome, ${ending} from own i where ${attemptOf}),
      moved as (update executions e set ${moving} from own i where e.id = i.id returning ${movedColumns}),
      told as (insert into events (org_id, type, decision_id, subject, data)
        select ${ctx.orgId}, case when status = 'succeeded' then 'decision.executed' else 'decision.execution_updated' end,
          decision_id, id, jsonb_build_object('status', status, 'reference', reference, 'error', error, 'needs_person', needs_person)
        from moved),
      journalled as (${journalInsert(
        ctx,
        {
          action: "executions.settled",
          subject: ctx.orgId,
          data: {
            items: results.map(({ executionId, fence, classified: { status } }) => ({
              execution: executionId,
              status,
              fence,
            })),
          },
        },
        sql`(select 1 from moved limit 1) once`,
      )})
      select id from moved`,
  );
  return moved.length > 0;
}

/** Where some are not their worker's any more, or were never written: what moved, what is stale, what is disputed. */
async function settleSome(ctx: Context, results: readonly SendResult[], items: string): Promise<Settled> {
  return inTransaction(ctx, async (ctx) => {
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

// Of attempts `a`, executions `e` and results `i`.
const attemptOf = sql.raw(
  "a.execution_id = i.id and a.fence = i.fence and a.kind = 'send' and a.outcome = 'intent'",
);
const ending = sql.raw(
  "error = i.error, response_status = i.response_status, response_body = i.response_body, ended_at = clock_timestamp()",
);
// What could not be reached so many times is tried later each time, up to five minutes.
const waiting = `case when i.outcome <> 'not_sent' then i.next_in else greatest(i.next_in, least(300, least(1, i.next_in)
    * 2 ^ least(20, (select count(*) from attempts p where p.execution_id = i.id and p.kind = 'send'
      and p.outcome = 'not_sent')))) end`;
// A send that was never written gives its attempt back: only sends that may have arrived count towards the limit.
const moving = sql.raw(`status = i.status, external_reference = coalesce(i.reference, e.external_reference),
  result = case when i.status in ('succeeded', 'failed') then i.result else e.result end, last_error = i.error,
  attempt = e.attempt - case when i.outcome = 'not_sent' then 1 else 0 end, needs_person = i.needs_person,
  last_sent_at = case when i.status = 'pending' then null else e.last_sent_at end,
  next_at = now() + make_interval(secs => ${waiting}), lease_until = null,
  settled_at = case when i.status in ('succeeded', 'failed') then now() end, updated_at = now()`);
const movedColumns = sql.raw(`e.id, e.fence::float8 as fence, e.decision_id, e.status, e.last_error as error,
  e.external_reference as reference, e.needs_person`);

async function endAttempts(ctx: Context, items: string): Promise<void> {
  await hotRowsOf(
    ctx.db,
    sql`with i as (select * from jsonb_to_recordset(${items}::jsonb) ${shape}),
      held as (select e.id, e.fence from executions e join i on e.id = i.id and e.fence = i.fence
        where e.org_id = ${ctx.orgId} and e.status = 'in_flight' order by e.id for update of e)
      update attempts a set outcome = case when h.id is null then 'stale' else i.outcome end, ${ending}
      from i left join held h on h.id = i.id where ${attemptOf}`,
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

function moveExecutions(ctx: Context, items: string): Promise<Moved[]> {
  return hotRowsOf<Moved>(
    ctx.db,
    sql`update executions e set ${moving} from jsonb_to_recordset(${items}::jsonb) ${shape}
      where e.id = i.id and e.fence = i.fence and e.org_id = ${ctx.orgId} and e.status = 'in_flight'
      returning ${movedColumns}`,
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
