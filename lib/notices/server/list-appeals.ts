import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { List } from "@/lib/kernel/list";
import { personOf } from "@/lib/reviews/server/review-sql";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { AppealListQuery, AppealView } from "../appeals";
import { appealColumns, appealOf, appealSource, type AppealRow } from "./appeal-rows";

/** Appeals by keyset, newest first. Links nobody has written through are left out unless their status is asked for. */
export async function listAppeals(ctx: Context, query: AppealListQuery): Promise<List<AppealView>> {
  authorize(ctx, "appeals.read");
  personOf(ctx);
  const { limit, starting_after, ending_before, status, decision } = query;
  const backwards = ending_before !== undefined && starting_after === undefined;
  const rows = await rowsOf<AppealRow>(
    ctx.db,
    sql`select ${appealColumns} from ${appealSource} where a.org_id = ${ctx.orgId}
        and ${statusIs(status, decision)} ${decision ? sql`and a.decision_id = ${decision}` : sql``}
        ${starting_after ? sql`and a.id < ${starting_after}` : sql``}
        ${ending_before ? sql`and a.id > ${ending_before}` : sql``}
      order by a.id ${backwards ? sql`asc` : sql`desc`} limit ${limit + 1}`,
  );
  const data = await maskFor(ctx, rows.slice(0, limit).map(appealOf));
  return {
    object: "list",
    url: "/api/v1/appeals",
    has_more: rows.length > limit,
    data: backwards ? data.toReversed() : data,
  };
}

function statusIs(status: AppealListQuery["status"], decision: string | undefined) {
  if (status === "expired") return sql`a.status = 'offered' and a.expires_at <= now()`;
  if (status === "offered") return sql`a.status = 'offered' and a.expires_at > now()`;
  if (status) return sql`a.status = ${status}`;
  return decision ? sql`true` : sql`a.status <> 'offered'`;
}

/** An appeal by its id or its review's. Throws `not_found`. */
export async function getAppeal(ctx: Context, { appealId }: { appealId: string }): Promise<AppealView> {
  authorize(ctx, "appeals.read");
  personOf(ctx);
  const [row] = await rowsOf<AppealRow>(
    ctx.db,
    sql`select ${appealColumns} from ${appealSource}
      where a.org_id = ${ctx.orgId} and (a.id = ${appealId} or a.review_id = ${appealId})`,
  );
  if (!row) throw new DomainError("not_found", `There is no appeal ${appealId}`);
  return maskFor(ctx, appealOf(row));
}
