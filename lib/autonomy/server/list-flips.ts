import { sql } from "drizzle-orm";
import { answersFirst, isBlindNow } from "@/lib/decisions/server/blind-now";
import type { DecisionStatus, LabelSource, Prediction, Route, Truth } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { FlipQuery, FlipView } from "../threshold-endpoints";
import { isHeld, lookingAt, type Looking, mostDecisions, within } from "./threshold-window";

type Row = {
  id: string;
  created_at: string;
  summary_template: string;
  type_name: string;
  arguments: JsonObject;
  confidence: number;
  route: Route;
  status: DecisionStatus;
  predicted: Prediction;
  truth: Truth | null;
  truth_source: LabelSource | null;
  amount: number | null;
  currency: string | null;
};

/** Past decisions that a draft threshold would have sent another way, newest first; by keyset on their id. */
export async function listFlips(ctx: Context, input: FlipQuery & { app: string }): Promise<List<FlipView>> {
  authorize(ctx, "contracts.read");
  const looking = await lookingAt(ctx, input);
  const found = await readFlips(ctx, looking, input);
  const backwards = input.ending_before !== undefined && input.starting_after === undefined;
  const page = found.slice(0, input.limit);
  return {
    object: "list",
    url: `/api/v1/apps/${looking.app.id}/thresholds/flips`,
    has_more: found.length > input.limit,
    data: await maskFor(ctx, (backwards ? page.toReversed() : page).map(viewOf)),
  };
}

function readFlips(ctx: Context, looking: Looking, query: FlipQuery): Promise<Row[]> {
  const { starting_after: after, ending_before: before, threshold } = query;
  const backwards = before !== undefined && after === undefined;
  // What the page's figures count, so that the list and they speak of the same decisions.
  const oldest = sql`(select d.created_at from decisions d where ${within(ctx, looking)}
    order by d.created_at desc offset ${mostDecisions} limit 1)`;
  return rowsOf<Row>(
    ctx.db,
    sql`select d.id, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
        t.summary_template, t.name as type_name, coalesce(d.edited_arguments, d.arguments) as arguments, d.confidence,
        d.route, d.status, d.predicted, d.truth, d.truth_source, d.amount::float8 as amount, d.currency
      from decisions d join decision_types t on t.id = d.type_id
      where ${within(ctx, looking)} and d.created_at > coalesce(${oldest}, '-infinity'::timestamptz)
        and (case when d.route in ('execute', 'decline') then d.confidence < ${threshold}
          else d.confidence >= ${threshold} end) and not (${isHeld})
        and ${answersFirst(ctx) ? sql`not ${isBlindNow}` : sql`true`}
        and ${after ? sql`d.id < ${after}` : sql`true`} and ${before ? sql`d.id > ${before}` : sql`true`}
      order by d.id ${backwards ? sql`asc` : sql`desc`} limit ${query.limit + 1}`,
  );
}

function viewOf(row: Row): FlipView {
  const amount =
    row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency };
  return {
    id: row.id,
    object: "threshold_flip",
    summary: actionSummary(row.summary_template, row.type_name, row.arguments, amount),
    created_at: row.created_at,
    confidence: row.confidence,
    route: row.route,
    would: row.route === "execute" || row.route === "decline" ? "person" : "alone",
    status: row.status,
    amount,
    verdict: row.truth === null ? null : row.truth === row.predicted ? "right" : "wrong",
    verdict_by: row.truth_source,
  };
}
