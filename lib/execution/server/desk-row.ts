import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { actorName, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { deskOffers, type DeskOffers, type Refusal } from "../desk-rules";
import type { AttemptOutcome, ExecutionView } from "../schema";
import { deskFactsOf } from "./desk-facts";
import { executionViews } from "./execution-view";
import { readWaiting, type WaitingRow } from "./read-waiting";

/** Locks an execution until the transaction ends, and says what this person may do about it. Throws `not_found`. */
export async function lockForDesk(
  ctx: Context,
  id: string,
): Promise<{ row: WaitingRow; offers: DeskOffers; needsPerson: boolean }> {
  const [locked] = await rowsOf<{ needs_person: boolean }>(
    ctx.db,
    sql`select needs_person from executions where id = ${id} and org_id = ${ctx.orgId} for update`,
  );
  const [row] = locked ? await readWaiting(ctx, sql`executions e`, sql`and e.id = ${id}`) : [];
  if (!locked || !row) throw new DomainError("not_found", `There is no execution ${id}`);
  const facts = await deskFactsOf(ctx, row, locked.needs_person);
  return { row, offers: deskOffers(facts), needsPerson: locked.needs_person };
}

/** Throws what is refused, with the state that says why. */
export function requireOffered(refusal: Refusal | null, row: WaitingRow): void {
  if (!refusal) return;
  const isAboutWho = refusal.code === "forbidden" || refusal.code === "own_approval";
  throw new DomainError(isAboutWho ? "forbidden" : "conflict", refusal.sentence, {
    code: refusal.code,
    extra: { execution_status: row.status },
  });
}

export type NewAttempt = {
  kind: "resolution" | "callback" | "ledger";
  outcome: AttemptOutcome;
  request?: JsonObject;
  responseBody?: string;
  error?: string;
  /** Who brought it, when it is not the actor of the context. */
  by?: string;
};

/** Writes down what was learnt about an execution from elsewhere than our own sends and look-ups. */
export async function writeEvidence(
  ctx: Context,
  execution: { id: string; attempt: number; fence: number },
  news: NewAttempt,
): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`insert into attempts (id, org_id, execution_id, kind, attempt, fence, worker_id, outcome, request, response_body,
        error, started_at, ended_at)
      values (${newId("attempt")}, ${ctx.orgId}, ${execution.id}, ${news.kind}, ${execution.attempt},
        ${execution.fence}, ${news.by ?? actorName(ctx.actor)}, ${news.outcome},
        ${news.request ? JSON.stringify(news.request) : null}::jsonb, ${news.responseBody ?? null},
        ${news.error ?? null}, clock_timestamp(), clock_timestamp())`,
  );
}

/** An execution as it is shown after a change; the caller has authorised. */
export async function viewAfter(ctx: Context, id: string): Promise<ExecutionView> {
  const [view] = await executionViews(ctx, { where: sql`e.id = ${id}`, limit: 1 });
  if (!view) throw new DomainError("not_found", `There is no execution ${id}`);
  return view;
}
