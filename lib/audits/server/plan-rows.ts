import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PlanSpec, PlanSummary, RubricKey, StratumResult } from "../plans";
import type { PlanKind, PlanStatus } from "../plan-words";
import { viewerOf } from "./viewer";

export type PlanRow = {
  id: string;
  name: string;
  kind: PlanKind;
  status: PlanStatus;
  spec: PlanSpec;
  judges_needed: number;
  rubric_id: string | null;
  rubric_name: string | null;
  rubric_keys: RubricKey[] | null;
  result: StratumResult[] | null;
  created_by: string;
  created_at: string;
  drawn_at: string | null;
  judged: number;
  disputed: number;
};

const stamp = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** A disputed audit (alias `a`) counts for those who may know of it: its judges, and who judges nothing. */
export function toldDisputed(ctx: Context): SQL {
  const viewer = viewerOf(ctx);
  if (!viewer.judges) return sql`(a.disputed_at is not null and a.status <> 'done')`;
  return sql`(a.disputed_at is not null and a.status <> 'done' and exists (select 1 from audit_judgements j
    where j.audit_id = a.id and j.auditor = ${viewer.name} and j.judged_at is not null))`;
}

/** Plans for a `where` over `p`, newest first. */
export function planRows(ctx: Context, where: SQL, order: SQL, limit: number): Promise<PlanRow[]> {
  return rowsOf<PlanRow>(
    ctx.db,
    sql`select p.id, p.name, p.kind, p.status, p.spec, p.judges_needed, r.id as rubric_id, r.name as rubric_name,
        r.keys as rubric_keys, p.result, coalesce(u.name, p.created_by) as created_by,
        ${stamp("p.created_at")} as created_at, ${stamp("p.drawn_at")} as drawn_at, c.judged, c.disputed
      from sampling_plans p left join rubrics r on r.id = p.rubric_id left join users u on 'user:' || u.id = p.created_by
      left join lateral (select count(*) filter (where a.status = 'done')::int as judged,
          count(*) filter (where ${toldDisputed(ctx)})::int as disputed
        from plan_audits pa join audits a on a.id = pa.audit_id where pa.plan_id = p.id) c on true
      where p.org_id = ${ctx.orgId} and ${where} order by ${order} limit ${limit}`,
  );
}

export function planSummaryOf(row: PlanRow): PlanSummary {
  const { id, name, kind, status, spec, judges_needed, created_by, created_at, drawn_at } = row;
  const sum = (key: "eligible" | "drawn" | "audited_before") =>
    (row.result ?? []).reduce((total, line) => total + line[key], 0);
  return {
    id,
    object: "sampling_plan",
    name,
    kind,
    status,
    spec,
    judges_needed,
    created_by,
    created_at,
    drawn_at,
    rubric:
      row.rubric_id !== null && row.rubric_name !== null
        ? { id: row.rubric_id, name: row.rubric_name }
        : null,
    progress: {
      eligible: row.result === null ? null : sum("eligible"),
      drawn: sum("drawn"),
      audited_before: sum("audited_before"),
      judged: row.judged,
      disputed: row.disputed,
    },
  };
}
