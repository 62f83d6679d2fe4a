import { sql } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { OutcomeRow } from "../import-rows";
import type { OutcomeItem } from "../schema";
import type { ImportOf, Matched, RowResult } from "./matched-row";
import { recordOutcomes } from "./record-outcomes";

type Told = Matched<OutcomeRow> & { truth: Truth };

/**
 * Records outcomes of a file. Repeated, and so not written: what the latest outcome says already, what happened at a
 * moment that is known with the same words, and every row of a file that was taken in before, line by line.
 */
export async function recordOutcomeRows(
  ctx: Context,
  about: ImportOf,
  matched: readonly Matched<OutcomeRow>[],
): Promise<RowResult[]> {
  authorize(ctx, "decisions.outcome");
  if (matched.length === 0) return [];
  const before = await linesBefore(ctx, about, matched);
  const known = await momentsKnown(ctx, matched);
  const fresh: Told[] = [];
  const repeated: Told[] = [];
  for (const one of matched) {
    const told = { ...one, truth: truthOf(one) };
    const moment = momentOf(told);
    if (before.has(lineKey(one.line, one.decision.id)) || (moment && known.has(moment))) repeated.push(told);
    else fresh.push(told);
    if (moment) known.add(moment);
  }
  const answers = await recordOutcomes(ctx, fresh.map(itemOf));
  return [
    ...repeated.map(({ line, decision }) => resultOf(line, "repeated", decision.id)),
    ...fresh.map(({ line, decision }, index): RowResult => {
      const answer = answers[index];
      if (answer?.kind === "recorded") {
        return resultOf(line, answer.replayed ? "repeated" : "recorded", decision.id);
      }
      return {
        ...resultOf(line, "invalid", decision.id),
        problem: answer?.error.message ?? "was not recorded",
      };
    }),
  ];
}

function resultOf(line: number, status: RowResult["status"], decision_id: string): RowResult {
  return { line, status, decision_id, problem: null };
}

function truthOf({ row, decision }: Matched<OutcomeRow>): Truth {
  if (row.truth) return row.truth;
  if (row.correct === true) return decision.predicted;
  return decision.predicted === "positive" ? "negative" : "positive";
}

function itemOf({ row, decision, truth }: Told): OutcomeItem {
  const { detail, occurred_at } = row;
  return {
    decision_id: decision.id,
    truth,
    ...(detail === undefined ? {} : { detail }),
    ...(occurred_at === undefined ? {} : { occurred_at }),
  };
}

const lineKey = (line: number, decision: string) => `${line} ${decision}`;

/** Lines of the same file, taken in before, that were recorded for the same decision. */
async function linesBefore(
  ctx: Context,
  about: ImportOf,
  matched: readonly Matched<unknown>[],
): Promise<Set<string>> {
  const lines = sql.param(matched.map(({ line }) => line));
  const rows = await rowsOf<{ line: number; decision_id: string }>(
    ctx.db,
    sql`select r.line, r.decision_id from feedback_imports i join feedback_import_rows r on r.import_id = i.id
      where i.org_id = ${ctx.orgId} and i.kind = ${about.kind} and i.sha256 = ${about.sha256} and i.id <> ${about.id}
        and r.line = any (${lines}::int[]) and r.status in ('recorded', 'repeated')`,
  );
  return new Set(rows.map(({ line, decision_id }) => lineKey(line, decision_id)));
}

function momentOf({ row, decision, truth }: Told): string | undefined {
  if (row.occurred_at === undefined) return undefined;
  return JSON.stringify([decision.id, truth, row.detail ?? null, Date.parse(row.occurred_at)]);
}

async function momentsKnown(ctx: Context, matched: readonly Matched<OutcomeRow>[]): Promise<Set<string>> {
  const ids = matched.filter(({ row }) => row.occurred_at !== undefined).map(({ decision }) => decision.id);
  if (ids.length === 0) return new Set();
  const rows = await rowsOf<{ decision_id: string; truth: Truth; detail: string | null; at: number }>(
    ctx.db,
    sql`select decision_id, truth, detail, (extract(epoch from occurred_at) * 1000)::float8 as at from outcomes
      where decision_id in (select jsonb_array_elements_text(${JSON.stringify([...new Set(ids)])}::jsonb))
        and occurred_at is not null`,
  );
  return new Set(rows.map((row) => JSON.stringify([row.decision_id, row.truth, row.detail, row.at])));
}
