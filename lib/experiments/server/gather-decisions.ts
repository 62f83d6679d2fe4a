import { sql, type SQL } from "drizzle-orm";
import type { Truth } from "@/lib/decisions/schema";
import { rowConditions } from "@/lib/decisions/server/decision-rows-sql";
import { standingCorrection } from "@/lib/feedback/server/standing";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DatasetPurpose } from "../vocabulary";
import type { NewItem } from "./dataset-items";
import type { StoredSource } from "./dataset-rows";

/** Which decisions a version may hold, over alias `d`. */
export type Scope = { appId: string; typeId: string; purpose: DatasetPurpose; source: StoredSource };

type Row = {
  id: string;
  subject: string | null;
  input: JsonValue;
  truth: Truth;
  predicted: string;
  arguments: JsonObject;
  edited: JsonObject | null;
  correction: JsonObject | null;
  confidence: number | null;
  model: string | null;
  latency_ms: number | null;
  prompt_version: string | null;
  truth_pi: number | null;
};

/** How many decisions a version will hold, counted no further than `most`; and of those asked for by id, how many it will not. */
export async function countDecisions(ctx: Context, scope: Scope, most: number): Promise<[number, number]> {
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (select 1 from decisions d where ${wanted(ctx, scope)} limit ${most}) counted`,
  );
  const count = row?.count ?? 0;
  return [count, Math.max(0, (scope.source.ids?.length ?? count) - count)];
}

/** The next decisions of a version, oldest first, after the one that its last item is. */
export async function readDecisions(
  ctx: Context,
  scope: Scope,
  { after, limit }: { after: string | null; limit: number },
): Promise<NewItem[]> {
  const from = sql`(select created_at from decisions where id = ${after})`;
  const beyond =
    after === null ? sql`true` : sql`d.created_at >= ${from} and (d.created_at, d.id) > (${from}, ${after})`;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`with page as materialized (select d.id, d.created_at from decisions d
        where ${wanted(ctx, scope)} and ${beyond} order by d.created_at, d.id limit ${limit})
      select d.id, d.subject_type || ':' || d.subject_id as subject, d.input, d.truth, d.predicted, d.arguments,
        d.edited_arguments as edited, d.confidence, d.model ->> 'name' as model,
        (d.model ->> 'latency_ms')::float8 as latency_ms, d.prompt_version, d.truth_pi,
        ${standingCorrection(sql`d.id`)} as correction
      from page join decisions d on d.id = page.id order by page.created_at, page.id`,
  );
  return rows.map(itemOf);
}

function wanted(ctx: Context, { appId, typeId, purpose, source }: Scope): SQL {
  const { filter = {}, ids, until } = source;
  const { truth, truth_source, predicted, ...listed } = filter;
  const parts = [
    rowConditions(ctx, { ...listed, app: appId, type: typeId }),
    sql`d.truth is not null and not d.measure and d.created_at <= ${until}::timestamptz`,
    // Its truth may still become another one, and whoever judges it is not to be told first.
    sql`not d.audit_pending and not exists (select 1 from audits au where au.decision_id = d.id
      and au.status in ('open', 'claimed'))`,
    truth ? sql`d.truth = ${truth}` : undefined,
    truth_source ? sql`d.truth_source = ${truth_source}` : undefined,
    predicted ? sql`d.predicted = ${predicted}` : undefined,
    ids ? sql`d.id = any (${sql.param(ids)}::text[])` : undefined,
    purpose === "training" ? keptFromTraining : undefined,
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

/** Known answers, and what was ruled on without the model's word, stay what models are tested on. */
const keptFromTraining = sql`not exists (select 1 from gold_items g where g.decision_id = d.id)
  and not exists (select 1 from reviews b where b.decision_id = d.id and b.blind)`;

function itemOf(row: Row): NewItem {
  const { id, predicted, confidence, model, latency_ms, prompt_version } = row;
  return {
    decisionId: id,
    subject: row.subject ?? `decision:${id}`,
    input: isJsonObject(row.input) ? row.input : { input: row.input },
    truth: row.truth,
    expected: expectedOf(row),
    recorded: { predicted, arguments: row.arguments, confidence, model, latency_ms, prompt_version },
    weight: row.truth_pi === null ? 1 : 1 / row.truth_pi,
  };
}

/** What should have been done: what somebody corrected it to, what a reviewer made of it, or what was rightly proposed. */
function expectedOf({ truth, predicted, correction, edited, arguments: proposed }: Row): JsonObject | null {
  if (truth === "negative") return null;
  return correction ?? edited ?? (predicted === "positive" ? proposed : null);
}
