import { sql, type SQL } from "drizzle-orm";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Finding } from "@/lib/policies/schema";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PastDecision } from "../replay";
import type { ReplayPeriod } from "../replay-views";

/** What a policy is asked about besides what every replay reads. */
export type PastContent = {
  at: string;
  type_key: string;
  app_key: string;
  input: JsonValue;
  context: JsonValue[] | null;
  arguments: JsonObject;
  subject_type: string | null;
  subject_id: string | null;
  metadata: JsonObject | null;
  model: string | null;
  prompt_version: string | null;
  findings: Finding[] | null;
  /** As stored, compressed. */
  bytes: number;
};

export type PastRow = PastDecision & { created: string } & Partial<PastContent>;

/** Where a part begins: after this decision, in the order of when they came in. */
export type Cursor = { created: string; id: string };

export type Scope = { appId: string; typeId: string | null; from: string; until: string };

/** `from` of a period, and how many decisions lie in it. Reads the index of times alone. */
export async function measurePeriod(
  ctx: Context,
  scope: Omit<Scope, "from">,
  period: ReplayPeriod,
): Promise<{ from: string; total: number }> {
  const own = ownOf(ctx, scope);
  const from =
    "days" in period
      ? sql`${scope.until}::timestamptz - make_interval(days => ${period.days})`
      : // The earliest of the latest so many; what came in the same moment comes along.
        sql`coalesce((select d.created_at from decisions d where ${own} and d.created_at <= ${scope.until}::timestamptz
          order by d.created_at desc offset ${period.last - 1} limit 1), '-infinity')`;
  const [row] = await rowsOf<{ from: string; total: number }>(
    ctx.db,
    sql`with since as materialized (select ${from} as at)
      select (select at::text from since) as from, count(*)::int as total from decisions d
        where ${own} and d.created_at >= (select at from since) and d.created_at <= ${scope.until}::timestamptz`,
  );
  return row ?? { from: "-infinity", total: 0 };
}

/** The next decisions of a scope, oldest first, by keyset on when they came in and their id. */
export function readPast(
  ctx: Context,
  scope: Scope,
  { after, limit, content }: { after: Cursor | null; limit: number; content: "with" | "without" },
): Promise<PastRow[]> {
  const beyond = after
    ? sql`d.created_at >= ${after.created}::timestamptz and (d.created_at, d.id) > (${after.created}::timestamptz, ${after.id})`
    : sql`d.created_at >= ${scope.from}::timestamptz`;
  const more = content === "with" ? contentColumns : { columns: sql``, joins: sql`` };
  return rowsOf<PastRow>(
    ctx.db,
    sql`select d.id, d.type_id as "typeId", d.predicted, d.confidence, d.amount::float8 as amount, d.currency, d.route,
        d.reasons, d.level, d.threshold, d.draw_u as "drawU", d.audit_drawn as "auditDrawn", d.pi_label as "piLabel",
        d.truth, d.truth_source as "truthSource", d.truth_pi as "truthPi", d.created_at::text as created ${more.columns}
      from decisions d ${more.joins}
      where ${ownOf(ctx, scope)} and ${beyond} and d.created_at <= ${scope.until}::timestamptz
      order by d.created_at, d.id limit ${limit}`,
  );
}

const contentColumns = {
  columns: sql`, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, t.key as type_key,
    a.key as app_key, d.input, d.context, d.arguments, d.subject_type, d.subject_id, d.metadata, d.model ->> 'name' as model,
    d.prompt_version, f.findings, pg_column_size(d.input) + coalesce(pg_column_size(d.context), 0) as bytes`,
  joins: sql`join decision_types t on t.id = d.type_id join apps a on a.id = d.app_id
    left join decision_findings f on f.decision_id = d.id`,
};

function ownOf(ctx: Context, { appId, typeId }: Pick<Scope, "appId" | "typeId">): SQL {
  const ofType = typeId === null ? sql`true` : sql`d.type_id = ${typeId}`;
  return sql`d.org_id = ${ctx.orgId} and d.app_id = ${appId} and ${ofType} and not d.measure`;
}
