import { sql, type SQL } from "drizzle-orm";
import type { Route, Truth } from "@/lib/decisions/schema";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import type { List } from "@/lib/kernel/list";
import { authorize, may } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { FlipView } from "../replay-views";
import { replayView, requirePerson } from "./rows-of-replay";

type Row = {
  decision_id: string;
  template: string;
  type: string;
  arguments: JsonObject;
  amount: number | null;
  currency: string | null;
  was: Route;
  would: Route;
  confidence: number | null;
  truth: Truth | null;
  created_at: string;
  opened_by: string | null;
  opened_at: string | null;
};

type Query = { replay: string; limit: number; starting_after?: string };

/** The past decisions a replay lists to be opened, oldest first, by keyset on the decision's id. Throws `not_found`. */
export async function listFlipsOfReplay(ctx: Context, query: Query): Promise<List<FlipView>> {
  authorize(ctx, "replays.read");
  requirePerson(ctx);
  const { replay, limit, starting_after: after } = query;
  await replayView(ctx, replay);
  const found = await flipViews(
    ctx,
    sql`f.replay_id = ${replay} and ${after === undefined ? sql`true` : sql`f.decision_id > ${after}`}`,
    limit + 1,
  );
  return {
    object: "list",
    url: `/api/v1/replays/${replay}/flips`,
    has_more: found.length > limit,
    data: found.slice(0, limit),
  };
}

/** Flips that hold to `where` (over alias `f`), by decision. */
export async function flipViews(ctx: Context, where: SQL, limit: number): Promise<FlipView[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select f.decision_id, t.summary_template as template, t.name as type, d.arguments, d.amount, d.currency,
        f.was, f.would, d.confidence, d.truth,
        to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
        case when f.opened_by is not null then coalesce(u.name, 'Somebody who left') end as opened_by,
        to_char(f.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as opened_at
      from replay_flips f join decisions d on d.id = f.decision_id join decision_types t on t.id = d.type_id
      left join users u on 'user:' || u.id = f.opened_by
      where f.org_id = ${ctx.orgId} and ${where} and ${inSight(ctx)} order by f.decision_id limit ${limit}`,
  );
  return maskFor(ctx, rows.map(viewOf));
}

/** What waits for an auditor's own answer is kept from auditors: its flip alone says what the model proposed. */
function inSight(ctx: Context): SQL {
  if (ctx.actor.kind !== "user" || !may(ctx.actor, "audits.judge")) return sql`true`;
  return sql`not d.audit_pending and not exists (select 1 from audits x
    where x.decision_id = d.id and x.status in ('open', 'claimed'))`;
}

function viewOf({ template, arguments: args, currency, ...row }: Row): FlipView {
  const amount = row.amount === null || currency === null ? null : { amount: row.amount, currency };
  return {
    ...row,
    object: "replay_flip",
    summary: actionSummary(template, row.type, args, amount),
    amount,
  };
}
