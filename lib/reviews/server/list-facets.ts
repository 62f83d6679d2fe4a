import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

export type Facet = { key: string; name: string };
export type Facets = { apps: Facet[]; types: Facet[]; queues: Facet[] };

/** What the inbox can be filtered by: every app, decision type and queue in use, by name. */
export async function listFacets(ctx: Context): Promise<Facets> {
  authorize(ctx, "reviews.read");
  const rows = await rowsOf<Facet & { of: keyof Facets }>(
    ctx.db,
    sql`select 'apps' as of, key, name from apps where org_id = ${ctx.orgId} and archived_at is null
      union all select 'types', key, name from decision_types where org_id = ${ctx.orgId} and archived_at is null
      union all select 'queues', key, name from queues where org_id = ${ctx.orgId} order by name limit 600`,
  );
  const of = (kind: keyof Facets) =>
    rows.filter((row) => row.of === kind).map(({ key, name }) => ({ key, name }));
  return { apps: of("apps"), types: of("types"), queues: of("queues") };
}
