import { sql, type SQL } from "drizzle-orm";
import type { Prediction } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { GoldItem } from "../measures";
import { wasWrong, type GoldAnswer } from "../overturned";
import { stamp } from "./review-sql";

/** What a list says of a decision with a known answer; the columns of {@link aboutDecision}. */
export type AboutRow = {
  decision_id: string;
  type_key: string;
  type_name: string;
  summary_template: string;
  arguments: JsonObject;
  amount: number | string | null;
  currency: string | null;
  predicted: Prediction;
  expected: GoldAnswer;
};

/** Over `d` (decisions) and `t` (their types). */
export const aboutDecision = sql`d.id as decision_id, t.key as type_key, t.name as type_name, t.summary_template,
  d.arguments, d.amount, d.currency, d.predicted`;

export function aboutOf(row: AboutRow) {
  const amount =
    row.amount === null || row.currency === null
      ? null
      : { amount: Number(row.amount), currency: row.currency };
  return {
    decision_id: row.decision_id,
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, amount),
    type: { key: row.type_key, name: row.type_name },
    amount,
    predicted: row.predicted,
    expected: row.expected,
    wrong: wasWrong(row.predicted, row.expected),
  };
}

type GoldRow = AboutRow & {
  id: string;
  source: GoldItem["source"];
  note: string | null;
  marked_by: string;
  marked_name: string | null;
  created_at: string;
  asked: number;
};

/** Gold items for a `where` over `g`. */
export async function goldRows(ctx: Context, where: SQL, tail: SQL): Promise<GoldItem[]> {
  const rows = await rowsOf<GoldRow>(
    ctx.db,
    sql`select g.id, ${aboutDecision}, g.expected, g.source, g.note, substr(g.marked_by, 6) as marked_by,
        u.name as marked_name, ${stamp("g.created_at")} as created_at,
        (select count(*)::int from measures m where m.source_decision_id = g.decision_id and m.queue_id = g.queue_id
          and m.kind = 'gold' and m.verdict is not null) as asked
      from gold_items g join decisions d on d.id = g.decision_id join decision_types t on t.id = d.type_id
      left join users u on u.id = substr(g.marked_by, 6)
      where g.org_id = ${ctx.orgId} and ${where} ${tail}`,
  );
  return rows.map((row) => ({
    id: row.id,
    object: "gold_item" as const,
    ...aboutOf(row),
    source: row.source,
    note: row.note,
    marked_by: { id: row.marked_by, name: row.marked_name ?? "Somebody" },
    created_at: row.created_at,
    asked: row.asked,
  }));
}
