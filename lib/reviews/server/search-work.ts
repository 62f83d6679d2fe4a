import { sql } from "drizzle-orm";
import type { DecisionStatus } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { FoundDecision, FoundWork, SearchWork } from "../search";
import { inSight } from "./queue-scope";

const most = 8;
const mostKinds = 50;

type Row = Pick<FoundDecision, "id" | "review_id" | "waiting" | "app" | "external_id"> & {
  status: DecisionStatus;
  summary_template: string;
  type_name: string;
  arguments: JsonObject;
  amount: number | string | null;
  currency: string | null;
};

/**
 * The decisions whose id, review, external id or subject is exactly this text, newest first, and the apps whose name
 * holds it; at most 8 of each. Every way is a look into an index, however many decisions there are.
 */
export async function searchWork(ctx: Context, { text }: SearchWork): Promise<FoundWork> {
  authorize(ctx, "reviews.read");
  authorize(ctx, "apps.read");
  const [decisions, apps] = await Promise.all([findDecisions(ctx, text), findApps(ctx, text)]);
  return { decisions, apps };
}

async function findDecisions(ctx: Context, text: string): Promise<FoundDecision[]> {
  const { orgId } = ctx;
  // The index of subjects begins with their kind: the few kinds are walked first, each by one look.
  const kind = sql`select subject_type from decisions where org_id = ${orgId} and subject_id is not null`;
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`with recursive kinds(kind, n) as (
        (select (${kind} order by subject_type limit 1), 1)
        union all
        select (${kind} and subject_type > kinds.kind order by subject_type limit 1), n + 1
          from kinds where kinds.kind is not null and n < ${mostKinds}),
      found as (
        select id from decisions where id = ${text} and org_id = ${orgId}
        union select decision_id from reviews where id = ${text} and org_id = ${orgId}
        union select id from decisions where org_id = ${orgId} and external_id = ${text}
          and app_id in (select id from apps where org_id = ${orgId})
        union (select d.id from kinds join decisions d on d.org_id = ${orgId} and d.subject_type = kinds.kind
          and d.subject_id = ${text} order by d.id desc limit ${most}))
      select d.id, d.status, d.external_id, d.arguments, d.amount, d.currency, a.name as app, t.name as type_name,
        t.summary_template, latest.id as review_id, (latest.id is not null and latest.resolved_at is null) as waiting
      from found join decisions d on d.id = found.id join apps a on a.id = d.app_id
        join decision_types t on t.id = d.type_id
        left join lateral (select r.id, r.resolved_at from reviews r where r.decision_id = d.id${await inSight(ctx)}
          order by r.resolved_at is null desc, r.created_at desc limit 1) latest on true
      order by d.id desc limit ${most}`,
  );
  const decisions = rows.map(
    ({ summary_template, type_name, arguments: args, amount, currency, ...found }) => {
      const money = amount !== null && currency !== null ? { amount: Number(amount), currency } : null;
      return { ...found, summary: actionSummary(summary_template, type_name, args, money) };
    },
  );
  return maskFor(ctx, decisions);
}

function findApps(ctx: Context, text: string): Promise<FoundWork["apps"]> {
  return rowsOf<{ id: string; name: string }>(
    ctx.db,
    sql`select id, name from apps where org_id = ${ctx.orgId} and archived_at is null
        and position(lower(${text}) in lower(name)) > 0 order by name limit ${most}`,
  );
}
