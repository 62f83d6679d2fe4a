import { sql } from "drizzle-orm";
import type { JsonObject } from "@/lib/kernel/json";
import { costMicros } from "@/lib/models/cost";
import { settingsOf } from "@/lib/prompts/settings";
import type { PromptMessage } from "@/lib/prompts/vocabulary";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Candidate } from "./experiment-job";

/** What one question about an input may cost at most, in millionths; null: the model's price is not known. */
export type WorstCase = (input: JsonObject) => number | null;

type Row = {
  id: string;
  messages: PromptMessage[];
  settings: JsonObject;
  schema_bytes: number;
  input: number | null;
  output: number | null;
  retries: number;
  provider: string;
};

/** Tokens for what surrounds a message and for how the answer is to look. */
const overhead = 1000;

/**
 * For each candidate what a question may cost at most. No token is shorter than a byte, every place of the template may
 * hold the whole input, every sample uses all it may, and every repeat that the model's row allows is paid.
 */
export async function worstCases(
  ctx: Context,
  { type_id }: { type_id: string },
  candidates: readonly Candidate[],
): Promise<Map<string, WorstCase>> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select c.id, v.messages, v.settings, m.input_price_micros::float8 as input, m.output_price_micros::float8 as output,
        m.max_retries as retries, m.provider,
        (select octet_length(t.arguments_schema::text) from decision_types t where t.id = ${type_id}) as schema_bytes
      from experiment_candidates c join prompt_versions v on v.id = c.prompt_version_id join models m on m.id = v.model_id
      where c.id = any (${sql.param(candidates.map(({ id }) => id))}::text[]) and v.org_id = ${ctx.orgId}`,
  );
  return new Map(rows.map((row) => [row.id, worstCaseOf(row)]));
}

function worstCaseOf(row: Row): WorstCase {
  if (row.provider === "local") return () => 0;
  const { samples, max_output_tokens: outputTokens } = settingsOf(row.settings);
  const text = row.messages.map(({ content }) => content).join("\n");
  const places = text.split("{{").length - 1;
  const fixed = bytesOf(text) + row.schema_bytes * 2 + overhead;
  const prices = { inputPriceMicros: row.input, outputPriceMicros: row.output };
  return (input) => {
    const inputTokens = fixed + places * bytesOf(JSON.stringify(input, null, 2));
    const once = costMicros(prices, { inputTokens, outputTokens });
    return once === null ? null : once * samples * (1 + row.retries);
  };
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
