import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { agreementsOf, type AuditorAgreement, type CauseCount } from "../agreement";

export type AuditorFigures = {
  agreements: AuditorAgreement[];
  unusable: number;
  dropped: number;
  asked: number;
};

/** How the proposed causes of an app (or of all) compare with those that people confirmed, and what came to nothing. */
export async function measureAuditor(
  ctx: Context,
  { app }: { app?: string | undefined },
): Promise<AuditorFigures> {
  authorize(ctx, "discrepancies.read");
  const of = sql`x.org_id = ${ctx.orgId} ${
    app
      ? sql`and x.app_id in (select id from apps where org_id = ${ctx.orgId} and (key = ${app} or id = ${app}))`
      : sql``
  }`;
  const counts = await rowsOf<CauseCount>(
    ctx.db,
    sql`select x.proposal ->> 'by' as by, x.proposed_cause as proposed, x.cause as confirmed, count(*)::int as n
      from discrepancies x where ${of} and x.status = 'confirmed' and x.proposed_cause is not null group by 1, 2, 3`,
  );
  const [sums] = await rowsOf<{ asked: number; unusable: number; dropped: number }>(
    ctx.db,
    sql`select count(*)::int as asked, count(*) filter (where x.proposed_cause is null)::int as unusable,
        coalesce(sum((x.proposal ->> 'dropped')::int), 0)::int as dropped
      from discrepancies x where ${of} and x.proposal is not null`,
  );
  return { agreements: agreementsOf(counts), unusable: 0, dropped: 0, asked: 0, ...sums };
}
