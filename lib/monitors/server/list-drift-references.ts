import { sql } from "drizzle-orm";
import { isDriftConfirmed } from "@/lib/autonomy/server/is-drift-confirmed";
import { missing } from "@/lib/apps/server/find";
import type { List } from "@/lib/kernel/list";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DriftReferenceFilter, DriftReferenceView } from "../drift-endpoints";
import { type Declared, modeOf, readReference } from "./drift-reference";

type Row = {
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  declared: Declared;
  today: string;
};

const columns = sql`a.id as app_id, a.key as app_key, a.name as app_name, t.id as type_id, t.key as type_key, t.name as type_name,
  s.value as declared, to_char(date_trunc('day', now() at time zone 'UTC'), 'YYYY-MM-DD"T00:00:00.000Z"') as today`;
// The key of a declared reference, as driftReferenceKey makes it.
const source = sql`apps a join decision_types t on t.org_id = a.org_id
  left join settings s on s.org_id = a.org_id and s.key = 'drift.reference.' || a.id || '.' || t.id and s.value <> 'null'::jsonb`;

/** What each app's decisions of a type are compared with now, by app and type; an app's key sees its own app's. */
export async function listDriftReferences(
  ctx: Context,
  { limit, starting_after, app, type }: DriftReferenceFilter,
): Promise<List<DriftReferenceView>> {
  authorize(ctx, "monitors.read");
  const bound = appBound(ctx);
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select ${columns} from ${source}
      where a.org_id = ${ctx.orgId} and (s.key is not null or exists (select 1 from drift_checks k where k.org_id = a.org_id
          and k.app_id = a.id and k.type_id = t.id and k.day >= to_char(now() at time zone 'UTC' - interval '28 days', 'YYYY-MM-DD')))
        ${bound ? sql`and a.id = ${bound}` : sql``} ${app ? sql`and ${app} in (a.id, a.key)` : sql``}
        ${type ? sql`and ${type} in (t.id, t.key)` : sql``}
        ${starting_after ? sql`and a.id || '/' || t.id > ${starting_after}` : sql``}
      order by a.id || '/' || t.id limit ${limit + 1}`,
  );
  const data: DriftReferenceView[] = [];
  for (const row of rows.slice(0, limit)) data.push(await viewOf(ctx, row));
  return { object: "list", url: "/api/v1/drift/reference", has_more: rows.length > limit, data };
}

async function viewOf(ctx: Context, row: Row): Promise<DriftReferenceView> {
  const { app_id, type_id, declared, today } = row;
  const pair = { appId: app_id, typeId: type_id };
  return {
    object: "drift_reference",
    app_id,
    type_id,
    app: { id: app_id, key: row.app_key, name: row.app_name },
    type: { id: type_id, key: row.type_key, name: row.type_name },
    mode: modeOf(declared),
    window: declared !== null && "from" in declared ? { from: declared.from, to: declared.to } : null,
    in_force: await readReference(ctx, pair, today),
    drift: await isDriftConfirmed(ctx, pair),
  };
}

/** What one app's decisions of a type are compared with now, whether any were compared yet or not; by their ids. */
export async function driftReferenceOf(
  ctx: Context,
  { app, type }: { app: string; type: string },
): Promise<DriftReferenceView> {
  authorize(ctx, "monitors.read");
  const [row] = await rowsOf<Row>(
    ctx.db,
    sql`select ${columns} from ${source} where a.org_id = ${ctx.orgId} and a.id = ${app} and t.id = ${type}`,
  );
  return row ? viewOf(ctx, row) : missing("app", app);
}
