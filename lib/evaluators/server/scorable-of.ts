import { sql } from "drizzle-orm";
import type { ContextItem, Prediction, Truth } from "@/lib/decisions/schema";
import { standingCorrection } from "@/lib/feedback/server/standing";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { PromptMessage } from "@/lib/prompts/vocabulary";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Scorable } from "../scorable";

type Row = {
  app_id: string;
  type_id: string;
  input: JsonValue;
  context: ContextItem[] | null;
  arguments: JsonObject;
  edited_arguments: JsonObject | null;
  predicted: Prediction;
  rationale: string | null;
  confidence: number | null;
  truth: Truth | null;
  status: string;
  latency_ms: number | null;
  cost_micros: number | string | null;
  prompt: PromptMessage[] | null;
  corrected: JsonObject | null;
};

/**
 * A production decision as evaluators score it; undefined when there is none. The right arguments: those a person
 * approved (edited or as they stood), else the newest correction in its feedback. Time and cost: as the app said, else
 * of its runs here.
 */
export async function scorableOf(
  ctx: Context,
  decisionId: string,
): Promise<(Scorable & { appId: string }) | undefined> {
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select d.app_id, d.type_id, d.input, d.context, d.arguments, d.edited_arguments, d.predicted, d.rationale, d.confidence,
        d.truth, d.status, coalesce((d.model ->> 'latency_ms')::float8, r.latency_ms) as latency_ms, r.cost_micros,
        (select v.messages from runs x join prompt_versions v on v.id = x.prompt_version_id
          where x.decision_id = d.id and x.purpose = 'decision' order by x.id desc limit 1) as prompt,
        ${standingCorrection(sql`d.id`)} as corrected
      from decisions d
      left join lateral (select sum(x.latency_ms)::float8 as latency_ms, sum(x.cost_micros)::float8 as cost_micros
        from runs x where x.decision_id = d.id and x.purpose = 'decision') r on true
      where d.id = ${decisionId} and d.org_id = ${ctx.orgId} and not d.measure`,
  );
  if (!row) return undefined;
  return {
    appId: row.app_id,
    typeId: row.type_id,
    decisionId,
    askedBy: null,
    input: row.input,
    context: row.context as JsonValue,
    output: { predicted: row.predicted, arguments: row.arguments, rationale: row.rationale ?? "" },
    expected: { truth: row.truth, arguments: rightArguments(row) },
    confidence: row.confidence,
    latencyMs: row.latency_ms,
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
    prompt: row.prompt?.map(({ role, content }) => `${role}: ${content}`).join("\n\n") ?? null,
  };
}

function rightArguments({ edited_arguments: edited, corrected, truth, ...row }: Row): JsonObject | null {
  if (edited !== null) return edited;
  if (corrected !== null) return corrected;
  return truth === "positive" && row.status === "approved" ? row.arguments : null;
}
