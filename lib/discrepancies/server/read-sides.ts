import { sql } from "drizzle-orm";
import { truthOf } from "@/lib/audits/loss";
import type { Judgement } from "@/lib/audits/schema";
import type { Prediction, Truth } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Verdict } from "@/lib/kernel/statuses";
import { standing } from "@/lib/feedback/server/standing";
import { standsFirst } from "@/lib/feedback/server/record-outcomes";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Sides, Word } from "../sides";
import type { DiscrepancySide } from "../vocabulary";
import { doneOf, newest, opposite, wordOfFeedback, type Said } from "../words";

export type SidesOf = { decisionId: string; appId: string; typeId: string; sides: Sides };

type Heard = { by: string; at: string; text: string | null };
type Row = {
  id: string;
  app_id: string;
  type_id: string;
  predicted: Prediction;
  status: string;
  arguments: JsonObject;
  edited_arguments: JsonObject | null;
  model: string | null;
  created_at: string;
  review: (Heard & { truth: Truth; verdict: Verdict | null }) | null;
  audit: (Heard & { judgement: Judgement }) | null;
  outcome: (Heard & { truth: Truth }) | null;
  appeal: (Heard & { status: "upheld" | "overturned" }) | null;
  feedback: (Said & { source: DiscrepancySide })[] | null;
};

/** What each side says of these decisions now, from where it was recorded; copies that measure reviewers are left out. */
export async function readSides(ctx: Context, decisionIds: readonly string[]): Promise<SidesOf[]> {
  if (decisionIds.length === 0) return [];
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select d.id, d.app_id, d.type_id, d.predicted, d.status, d.arguments, d.edited_arguments, d.model ->> 'name' as model,
        ${stamp(sql`d.created_at`)} as created_at, ${review} as review, ${audit} as audit, ${outcome} as outcome,
        ${appeal} as appeal, ${feedback} as feedback
      from decisions d where d.org_id = ${ctx.orgId} and not d.measure
        and d.id in (select jsonb_array_elements_text(${JSON.stringify(decisionIds)}::jsonb)) order by d.id`,
  );
  return rows.map((row) => ({
    decisionId: row.id,
    appId: row.app_id,
    typeId: row.type_id,
    sides: sidesOf(row),
  }));
}

const stamp = (moment: ReturnType<typeof sql>) =>
  sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const review = sql`(select json_build_object('truth', l.truth, 'by', l.actor, 'at', ${stamp(sql`l.created_at`)},
    'verdict', r.verdict, 'text', coalesce(r.note, r.reason_code))
  from labels l left join lateral (select * from reviews r where r.decision_id = l.decision_id and r.kind <> 'appeal'
    and r.verdict is not null order by r.resolved_at desc limit 1) r on true
  where l.decision_id = d.id and l.source = 'review')`;

const audit = sql`(select json_build_object('judgement', a.judgement, 'by', a.judged_by, 'at', ${stamp(sql`a.judged_at`)}, 'text', a.note)
  from audits a where a.decision_id = d.id and a.status = 'done')`;

// An appeal's result is the customer's side; the outcome it also records is the same word once more.
const outcome = sql`(select json_build_object('truth', o.truth, 'by', o.actor, 'at', ${stamp(sql`o.created_at`)}, 'text', o.detail)
  from outcomes o where o.decision_id = d.id and o.actor <> 'system:appeals' order by ${standsFirst} limit 1)`;

const appeal = sql`(select json_build_object('status', p.status, 'by', r.resolved_by, 'at', ${stamp(sql`p.closed_at`)}, 'text', p.statement)
  from appeals p left join reviews r on r.id = p.review_id
  where p.decision_id = d.id and p.status in ('upheld', 'overturned') order by p.closed_at desc limit 1)`;

const feedback = sql`(select json_agg(json_build_object('source', f.source, 'vote', f.vote, 'correction', f.correction,
    'by', f.actor, 'at', ${stamp(sql`f.created_at`)}, 'text', f.text))
  from (select distinct on (f.source) f.* from feedback f where f.decision_id = d.id and ${standing(sql`f`)}
    and (f.vote is not null or f.correction is not null) and f.actor <> 'system:appeals' order by f.source, f.id desc) f)`;

function sidesOf(row: Row): Sides {
  const done = doneOf(row.status, row.predicted);
  const sides: Sides = {
    model: {
      truth: row.predicted,
      arguments: row.arguments,
      said: row.predicted === "positive" ? "act" : "leave",
      by: row.model,
      at: row.created_at,
      text: null,
    },
  };
  for (const said of row.feedback ?? []) sides[said.source] = wordOfFeedback(said, done);
  const { by, at, text } = row.appeal ?? { by: null, at: null, text: null };
  const customer: Word | undefined = row.appeal
    ? { ...appealed(row.appeal.status, done), arguments: null, by, at, text }
    : undefined;
  sides.customer = newest(customer, sides.customer);
  sides.reviewer = newest(reviewed(row), sides.reviewer);
  sides.auditor = newest(judged(row), sides.auditor);
  sides.system_of_record = newest(turnedOut(row), sides.system_of_record);
  return spoken(sides);
}

function appealed(status: "upheld" | "overturned", done: Truth): { truth: Truth; said: string } {
  return { truth: status === "upheld" ? done : opposite(done), said: status };
}

function reviewed({ review, arguments: own, edited_arguments: edited }: Row): Word | undefined {
  if (!review) return undefined;
  const { truth, by, at, text, verdict } = review;
  const said = verdict ?? (truth === "positive" ? "approve" : "decline");
  return { truth, arguments: truth === "positive" ? (edited ?? own) : null, said, by, at, text };
}

function judged({ audit, predicted }: Row): Word | undefined {
  if (!audit) return undefined;
  const { judgement, by, at, text } = audit;
  return { truth: truthOf(predicted, judgement), arguments: null, said: judgement, by, at, text };
}

function turnedOut({ outcome }: Row): Word | undefined {
  if (!outcome) return undefined;
  return { ...outcome, arguments: null, said: outcome.truth };
}

function spoken(sides: Sides): Sides {
  return Object.fromEntries(Object.entries(sides).filter(([, word]) => word !== undefined));
}
