import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { maskFor } from "@/lib/policies/server/mask-for";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { DriftCheckView, DriftFilter } from "../drift-endpoints";

type Detail = Pick<DriftCheckView, "reference" | "new_categories" | "shares"> &
  DriftCheckView["window"] & { decisions?: DriftCheckView["decisions"] };
type Row = Omit<DriftCheckView, "object" | "app" | "type" | keyof Detail | "window"> & {
  app_id: string;
  app_key: string;
  app_name: string;
  type_id: string;
  type_key: string;
  type_name: string;
  detail: Detail;
};

/** One item a feature and day, newest day first, by keyset; an app's key sees its own app's. */
export async function listDriftChecks(ctx: Context, filter: DriftFilter): Promise<List<DriftCheckView>> {
  authorize(ctx, "monitors.read");
  const { limit, starting_after, ending_before } = filter;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select k.id, k.day, k.feature, k.state, psi.value as psi, js.value as js, k.method as test, k.value as statistic,
        k.p, k.q, k.n_reference, k.n_current, k.detail, a.id as app_id, a.key as app_key, a.name as app_name,
        t.id as type_id, t.key as type_key, t.name as type_name
      from drift_checks k join apps a on a.id = k.app_id join decision_types t on t.id = k.type_id
      join drift_checks psi on psi.app_id = k.app_id and psi.type_id = k.type_id and psi.day = k.day
        and psi.feature = k.feature and psi.method = 'psi'
      join drift_checks js on js.app_id = k.app_id and js.type_id = k.type_id and js.day = k.day
        and js.feature = k.feature and js.method = 'js'
      where k.org_id = ${ctx.orgId} and k.method in ('ks', 'chi_square') and ${conditions(ctx, filter)}
        ${starting_after ? sql`and (k.day, k.id) < (select day, id from drift_checks where id = ${starting_after})` : sql``}
        ${ending_before ? sql`and (k.day, k.id) > (select day, id from drift_checks where id = ${ending_before})` : sql``}
      order by ${backwards ? sql`k.day, k.id` : sql`k.day desc, k.id desc`} limit ${limit + 1}`,
  );
  // Categories are customers' own words.
  const page = await maskFor(ctx, rows.slice(0, limit).map(viewOf));
  return {
    object: "list",
    url: "/api/v1/drift",
    has_more: rows.length > limit,
    data: backwards ? page.toReversed() : page,
  };
}

function conditions(ctx: Context, { app, type, feature, state, from, to }: DriftFilter): SQL {
  const bound = appBound(ctx);
  const given = [
    bound === undefined ? undefined : sql`k.app_id = ${bound}`,
    app === undefined ? undefined : sql`${app} in (a.id, a.key)`,
    type === undefined ? undefined : sql`${type} in (t.id, t.key)`,
    feature === undefined ? undefined : sql`k.feature = ${feature}`,
    state === undefined ? undefined : sql`k.state = ${state}`,
    from === undefined ? undefined : sql`k.day >= ${from}`,
    to === undefined ? undefined : sql`k.day <= ${to}`,
  ].filter((one) => one !== undefined);
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `);
}

function viewOf(row: Row): DriftCheckView {
  const { app_id, app_key, app_name, type_id, type_key, type_name, detail, ...check } = row;
  const { from, to, reference, new_categories, shares } = detail;
  // Checks of before were kept without them.
  const decisions = detail.decisions ?? { reference: row.n_reference, current: row.n_current };
  return {
    ...check,
    object: "drift_check",
    app: { id: app_id, key: app_key, name: app_name },
    type: { id: type_id, key: type_key, name: type_name },
    decisions,
    window: { from, to },
    reference,
    new_categories,
    shares,
  };
}
