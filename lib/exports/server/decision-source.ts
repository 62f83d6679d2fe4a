import { sql, type SQL } from "drizzle-orm";
import type { DecisionView } from "@/lib/decisions/schema";
import { answersFirst, isBlindNow } from "@/lib/decisions/server/blind-now";
import { rowConditions } from "@/lib/decisions/server/decision-rows-sql";
import { decisionViews } from "@/lib/decisions/server/decision-view";
import { authorize, may } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import { mostRows } from "../contract";
import { rowsUpTo, type Rows, type Slice, type Source } from "./source";

/** What a judge may not know before their own answer. */
type Withheld =
  | "predicted"
  | "confidence"
  | "rationale"
  | "model"
  | "prompt_version"
  | "status"
  | "route"
  | "review"
  | "execution"
  | "outcome"
  | "decided_by"
  | "decided_at"
  | "edited_arguments"
  | "updated_at";

/** A decision as the API lists it; `withheld` are those that the exporter may still have to judge blind. */
type Exported = Omit<DecisionView, Withheld | "proposal"> & {
  proposal: Omit<DecisionView["proposal"], "predicted"> & { predicted: string | null };
  withheld: boolean;
} & { [Part in Exclude<Withheld, "predicted">]: DecisionView[Part] | null };

export const decisionSource: Source<"decisions", Exported> = {
  columns: [
    ["id", (row) => row.id],
    ["created_at", (row) => row.created_at],
    ["livemode", (row) => row.livemode],
    ["app", (row) => row.app],
    ["type", (row) => row.type],
    ["external_id", (row) => row.external_id],
    ["subject_type", (row) => row.subject?.type],
    ["subject_id", (row) => row.subject?.id],
    ["summary", (row) => row.proposal.summary],
    ["predicted", (row) => row.proposal.predicted],
    ["confidence", (row) => row.confidence?.raw],
    ["amount_minor", (row) => row.proposal.amount?.amount],
    ["currency", (row) => row.proposal.amount?.currency],
    ["arguments", (row) => row.proposal.arguments],
    ["edited_arguments", (row) => row.edited_arguments],
    ["status", (row) => row.status],
    ["route", (row) => row.route?.outcome],
    ["level", (row) => row.route?.level],
    ["threshold", (row) => row.route?.threshold],
    ["route_reasons", (row) => row.route?.reasons.map(({ code }) => code).join(" ")],
    ["verdict", (row) => row.review?.verdict],
    ["reason_code", (row) => row.review?.reason_code],
    ["decided_by", (row) => row.decided_by],
    ["decided_at", (row) => row.decided_at],
    ["execution", (row) => row.execution?.status],
    ["reference", (row) => row.execution?.reference],
    ["truth", (row) => row.outcome?.truth],
    ["model", (row) => row.model?.name],
    ["prompt_version", (row) => row.prompt_version],
    ["withheld", (row) => row.withheld],
  ],
  count: countDecisions,
  read: readDecisions,
};

async function countDecisions(
  ctx: Context,
  { filter, until }: Pick<Slice<"decisions">, "filter" | "until">,
): Promise<number> {
  authorize(ctx, "decisions.read");
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from (select 1 from decisions d where ${rowConditions(ctx, filter)}
      and d.created_at <= ${until}::timestamptz limit ${mostRows + 1}) counted`,
  );
  return row?.count ?? 0;
}

async function readDecisions(ctx: Context, slice: Slice<"decisions">): Promise<Rows<Exported>> {
  authorize(ctx, "decisions.read");
  const { filter, until, limit } = slice;
  const page = sql`array(select d.id from decisions d where ${rowConditions(ctx, filter)}
    and d.created_at <= ${until}::timestamptz and ${beyond(slice.after)} order by d.created_at desc, d.id desc limit ${limit})`;
  const views = await decisionViews(
    ctx.db,
    sql`d.id = any (${page})`,
    sql`d.created_at desc, d.id desc`,
    limit,
  );
  const blind = await keptBack(ctx, views);
  const rows = views.map((view) => (blind.has(view.id) ? withheld(view) : { ...view, withheld: false }));
  return rowsUpTo(await maskFor(ctx, rows), limit);
}

function beyond(after: string | null): SQL {
  if (after === null) return sql`true`;
  const from = sql`(select created_at from decisions where id = ${after})`;
  return sql`d.created_at <= ${from} and (d.created_at < ${from} or d.id < ${after})`;
}

/** Of these decisions, those of which the exporter may still have to say what is right before the model's word is shown. */
async function keptBack(ctx: Context, views: readonly DecisionView[]): Promise<Set<string>> {
  if (may(ctx.actor, "audits.judge")) return unanswered(ctx, views);
  if (!answersFirst(ctx)) return new Set();
  const ids = sql.param(views.map(({ id }) => id));
  const rows = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select d.id from decisions d where d.id = any (${ids}) and ${isBlindNow}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of these decisions, those whose audit waits for an answer that this auditor has not given. */
async function unanswered(ctx: Context, views: readonly DecisionView[]): Promise<Set<string>> {
  const me = actorName(ctx.actor);
  const rows = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select d.id from decisions d left join audits au on au.decision_id = d.id
      where d.id = any (${sql.param(views.map(({ id }) => id))}) and (d.audit_drawn or au.id is not null)
        and coalesce(au.status, 'open') in ('open', 'claimed')
        and not coalesce(au.claimed_by = ${me} and au.blind_answer is not null, false)
        and not exists (select 1 from audit_judgements j where j.audit_id = au.id and j.auditor = ${me}
          and j.blind_answer is not null)`,
  );
  return new Set(rows.map(({ id }) => id));
}

function withheld(view: DecisionView): Exported {
  return {
    ...view,
    proposal: { ...view.proposal, predicted: null },
    edited_arguments: null,
    confidence: null,
    rationale: null,
    model: null,
    prompt_version: null,
    status: null,
    route: null,
    review: null,
    execution: null,
    outcome: null,
    decided_by: null,
    decided_at: null,
    updated_at: null,
    withheld: true,
  };
}
