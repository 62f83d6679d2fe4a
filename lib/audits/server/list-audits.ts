import { sql, type SQL } from "drizzle-orm";
import type { List } from "@/lib/kernel/list";
import { authorize } from "@/lib/server/authorize";
import { maskFor } from "@/lib/policies/server/mask-for";
import type { Context } from "@/lib/server/context";
import type { AuditListQuery, AuditSummary, AuditTab } from "../schema";
import { auditRows, summaryOf } from "./audit-rows";
import { inPlan } from "./plan-sql";
import { isHeld, isToJudge, viewerOf, type Viewer } from "./viewer";

/** The worklist by keyset on the id: what is open oldest first, what is done newest first. */
export async function listAudits(ctx: Context, query: AuditListQuery): Promise<List<AuditSummary>> {
  authorize(ctx, "audits.read");
  const newestFirst = query.tab === "done";
  const backwards = query.ending_before !== undefined && query.starting_after === undefined;
  const rows = await auditRows(
    ctx.db,
    viewerOf(ctx),
    sql.join(conditions(ctx, query, newestFirst), sql` and `),
    newestFirst === backwards ? sql`a.id asc` : sql`a.id desc`,
    query.limit + 1,
  );
  const page = await maskFor(ctx, rows.slice(0, query.limit).map(summaryOf));
  return {
    object: "list",
    url: "/api/v1/audits",
    has_more: rows.length > query.limit,
    data: backwards ? page.toReversed() : page,
  };
}

function conditions(ctx: Context, query: AuditListQuery, newestFirst: boolean): SQL[] {
  const after = newestFirst ? sql`<` : sql`>`;
  const before = newestFirst ? sql`>` : sql`<`;
  const viewer = viewerOf(ctx);
  const optional: (SQL | undefined)[] = [
    ofTab[query.tab](viewer),
    query.app ? sql`(ap.id = ${query.app} or ap.key = ${query.app})` : undefined,
    query.type ? sql`(t.id = ${query.type} or t.key = ${query.type})` : undefined,
    query.plan ? inPlan(query.plan) : undefined,
    query.starting_after ? sql`a.id ${after} ${query.starting_after}` : undefined,
    query.ending_before ? sql`a.id ${before} ${query.ending_before}` : undefined,
  ];
  return [sql`a.org_id = ${ctx.orgId}`, ...optional.filter((part) => part !== undefined)];
}

const ofTab: Record<AuditTab, (viewer: Viewer) => SQL> = {
  open: isToJudge,
  mine: (viewer) => sql`${isToJudge(viewer)} and me.id is not null and ${isHeld("me")}`,
  waiting: (viewer) =>
    viewer.judges
      ? sql`a.status in ('open', 'claimed') and me.judged_at is not null`
      : sql`a.status in ('open', 'claimed') and a.disputed_at is not null`,
  done: () => sql`a.status = 'done'`,
};
