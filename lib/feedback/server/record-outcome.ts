import { sql } from "drizzle-orm";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { Reply } from "@/lib/server/handle";
import { rowsOf } from "@/lib/server/rows";
import type { FeedbackSource, NewOutcome, OutcomeView } from "../schema";
import { recordOutcomes } from "./record-outcomes";

/** Records what was right of one decision; 201 when it is new, 200 when the latest outcome already said it. */
export async function recordOutcome(
  ctx: Context,
  input: { params: { decision: string }; body: NewOutcome },
): Promise<Reply<OutcomeView>> {
  authorize(ctx, "decisions.outcome");
  const [answer] = await recordOutcomes(ctx, [{ ...input.body, decision_id: input.params.decision }]);
  if (!answer) throw new Error("an outcome came back without an answer");
  if (answer.kind === "refused") throw answer.error;
  const headers = answer.replayed ? { "Idempotent-Replayed": "true" } : undefined;
  return new Reply(await outcomeView(ctx, answer.id), { status: answer.replayed ? 200 : 201, headers });
}

type Row = {
  id: string;
  decision_id: string;
  truth: Truth;
  predicted: Prediction;
  source: FeedbackSource;
  detail: string | null;
  occurred_at: string | null;
  actor: string;
  created_at: string;
};

async function outcomeView(ctx: Context, id: string): Promise<OutcomeView> {
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select o.id, o.decision_id, o.truth, d.predicted, o.source, o.detail, o.actor,
        to_char(o.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as occurred_at,
        to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
      from outcomes o join decisions d on d.id = o.decision_id where o.id = ${id} and o.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new Error("an outcome that was written cannot be read");
  const { predicted, actor, ...rest } = row;
  return { ...rest, object: "outcome", correct: row.truth === predicted, by: actor };
}
