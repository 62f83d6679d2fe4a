import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { labelSources, type LabelSource } from "@/lib/decisions/schema";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { requirePerson } from "./training-rows";

/** Labels people and systems gave, by source: all of them, and since the last round of training began. */
export type LabelCounts = { source: LabelSource; all: number; fresh: number }[];

/** How many labels there are to learn from, of one app and type. Throws `not_found`. */
export async function countLabels(ctx: Context, input: { app: string; type: string }): Promise<LabelCounts> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  const [app, type] = [await findApp(ctx, input.app), await findType(ctx, input.type)];
  const rows = await rowsOf<LabelCounts[number]>(
    ctx.db,
    sql`with last as (select max(created_at) as at from trainings
        where org_id = ${ctx.orgId} and app_id = ${app.id} and type_id = ${type.id} and status not in ('failed'))
      select l.source, count(*)::int as all, count(*) filter (where last.at is null or l.created_at > last.at)::int as fresh
      from decisions d join labels l on l.decision_id = d.id, last
      where d.org_id = ${ctx.orgId} and d.app_id = ${app.id} and d.type_id = ${type.id} and d.truth is not null and not d.measure
      group by l.source`,
  );
  return labelSources.map(
    (source) => rows.find((row) => row.source === source) ?? { source, all: 0, fresh: 0 },
  );
}
