import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DecisionRef } from "../decision-ref";
import type { FeedbackRow, OutcomeRow } from "../import-rows";
import { findDecisions, type Found } from "./find-decisions";
import { ambiguous } from "./record-outcomes";
import type { ImportOf, Matched, RowResult } from "./matched-row";
import { recordFeedbackRows } from "./record-feedback-rows";
import { recordOutcomeRows } from "./record-outcome-rows";
import { sentenceOf } from "./parse-import-row";

export type WaitingRow = { line: number; payload: JsonObject };

/**
 * Looks for the decisions of some rows and records what they say, as whoever sent the file; in the caller's
 * transaction, with the rows' states, so that a row is recorded once however often a worker dies.
 */
export async function recordImportRows(
  ctx: Context,
  about: ImportOf,
  rows: readonly WaitingRow[],
): Promise<RowResult[]> {
  authorize(ctx, "feedback.import");
  const refs = rows.map(({ payload }) => refOf(payload, about.app_id));
  const found = await findDecisions(ctx, refs);
  const results: RowResult[] = [];
  const matched: Matched<JsonObject>[] = [];
  rows.forEach(({ line, payload }, index) => {
    const candidates = found.get(index) ?? [];
    const [decision, other] = candidates;
    if (!decision) results.push(unmatched(line));
    else if (other) results.push(unclear(line, refs[index] ?? {}, candidates));
    else matched.push({ line, row: payload, decision });
  });
  await lockDecisions(ctx, matched);
  // The rows were parsed by these contracts when the file came in.
  const recorded =
    about.kind === "feedback"
      ? await recordFeedbackRows(ctx, about, matched as unknown as Matched<FeedbackRow>[])
      : await recordOutcomeRows(ctx, about, matched as unknown as Matched<OutcomeRow>[]);
  await keepResults(ctx, about.id, [...results, ...recorded]);
  return [...results, ...recorded];
}

// The file's app holds for every row; a row of another one finds nothing.
function refOf(payload: JsonObject, appId: string | null): DecisionRef {
  const ref = payload as DecisionRef;
  return ref.app === undefined && appId !== null ? { ...ref, app: appId } : ref;
}

function unmatched(line: number): RowResult {
  return { line, status: "unmatched", decision_id: null, problem: null };
}

function unclear(line: number, ref: DecisionRef, candidates: readonly Found[]): RowResult {
  const problem = sentenceOf(ambiguous(ref, candidates));
  return { line, status: "ambiguous", decision_id: null, problem };
}

// In the order of their ids, so that two files never wait for each other in a ring.
async function lockDecisions(ctx: Context, matched: readonly Matched<unknown>[]): Promise<void> {
  const ids = [...new Set(matched.map(({ decision }) => decision.id))];
  if (ids.length === 0) return;
  const list = sql`select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`;
  await rowsOf(ctx.db, sql`select id from decisions where id in (${list}) order by id for no key update`);
}

async function keepResults(ctx: Context, importId: string, results: readonly RowResult[]): Promise<void> {
  const kept = await rowsOf(
    ctx.db,
    sql`update feedback_import_rows r set status = u.status, decision_id = u.decision_id, problem = u.problem
      from json_to_recordset(${JSON.stringify(results)}::json) as u(line int, status text, decision_id text, problem text)
      where r.import_id = ${importId} and r.line = u.line and r.status in ('pending', 'unmatched') returning r.line`,
  );
  if (kept.length !== results.length) throw new DomainError("conflict", "Another worker was first.");
}
