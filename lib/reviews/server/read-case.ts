import { sql } from "drizzle-orm";
import { heldColumns, heldSource, type HeldDecision } from "@/lib/decisions/server/held-decision";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import { inAskedOrder, sharedLookUp } from "@/lib/server/batcher";
import type { Context } from "@/lib/server/context";
import { hotRowsOf } from "@/lib/server/rows";
import type { ReviewStatus, Verdict } from "@/lib/kernel/statuses";
import type { ApprovalRuleSnapshot } from "../approval-rules";
import type { FourEyesFacts } from "../four-eyes";
import type { Given, RuleInForce } from "../quorum";
import type { ReviewKind } from "../schema";
import { fourEyesColumns } from "./case-sql";
import { dwellColumns, type DwellCase } from "./check-dwell";

/** What a verdict is checked against. */
export type Case = HeldDecision & {
  review_id: string;
  review_status: ReviewStatus;
  review_kind: ReviewKind;
  queue_id: string;
  queue_name: string;
  /** What everybody who rules here needs. */
  queue_skills: string[];
  overdue: boolean;
  assigned_to: string | null;
  type_version: number;
  arguments_schema: JsonObject;
  /** The queue's where it has its own, else the type's. */
  decline_reasons: string[];
  /** The verdicts this queue gives; null: all. */
  verdicts: Verdict[] | null;
  staged_verdict: Verdict | null;
  staged_by: string | null;
  staged_arguments: JsonObject | null;
  staged_reason: string | null;
  staged_note: string | null;
  /** What an earlier reviewer made of it, and is now to be approved by others, or anew after it came back. */
  edited_arguments: JsonObject | null;
  /** No model said what to do: its arguments may not be whole. */
  unanswered: boolean;
} & FourEyesCase &
  DwellCase;

type FourEyesCase = {
  on_behalf_of: string | null;
  excluded: string[] | null;
  given: Given[];
  changed: FourEyesFacts["changed"];
  /** Rules that earlier rulings on the decision were held to, and those that fit its type then or now. */
  kept_rules: ApprovalRuleSnapshot[];
  rules: RuleInForce[];
  queues: string[];
  /** A policy asked for two reviewers when it came in. */
  asks_two: boolean;
  /** Who lends the person who asks their authority, as user ids, by which delegation. */
  lenders: { user: string; delegation: string }[];
  skills: string[];
  /** The queue has members; which of the person and their lenders are, and lead it. */
  has_members: boolean;
  member_ids: string[];
  leads: boolean;
};

/** The decision, type and queue of a review as they are now, for the person who asks. Throws `not_found`. */
export async function readCase(ctx: Context, reviewId: string): Promise<Case> {
  const person = ctx.actor.kind === "user" ? ctx.actor.id : "";
  const found = await sharedCase(ctx.db, { id: reviewId, orgId: ctx.orgId, person });
  // An appeal is answered, not ruled on: that has a verb of its own.
  if (!found) throw new DomainError("not_found", `There is no review ${reviewId}`);
  return found;
}

/** True while somebody may still rule on it. */
export function isLiveCase({ review_status }: Case): boolean {
  return ["open", "claimed", "snoozed"].includes(review_status);
}

type Asked = { id: string; orgId: string; person: string };

const sharedCase = sharedLookUp<Asked, Case>(async (db, asked) => {
  const column = (values: string[]) => sql`${sql.param(values)}::text[]`;
  const rows = await hotRowsOf<Case & { at: number }>(
    db,
    sql`select asked.at::int as at, ${heldColumns}, t.version as type_version, t.arguments_schema,
        coalesce(q.decline_reasons, t.decline_reasons) as decline_reasons, q.verdicts, q.name as queue_name, q.skills as queue_skills,
        r.id as review_id, r.status as review_status, r.kind as review_kind, r.queue_id, r.due_at <= now() as overdue,
        r.assigned_to, r.staged_verdict, r.staged_by, r.edited_arguments as staged_arguments, r.reason_code as staged_reason,
        r.note as staged_note, case when d.status in ('in_review', 'awaiting_second') then d.edited_arguments end as edited_arguments,
        d.reasons @> '[{"code": "model_failed"}]' as unanswered,
        ${dwellColumns}, ${fourEyesColumns}
      from unnest(${column(asked.map(({ id }) => id))}, ${column(asked.map(({ orgId }) => orgId))},
          ${column(asked.map(({ person }) => person))}) with ordinality as asked(id, org_id, person, at)
        join reviews r on r.id = asked.id and r.org_id = asked.org_id and r.kind <> 'appeal'
        join (${heldSource}) on d.id = r.decision_id join queues q on q.id = r.queue_id`,
  );
  return inAskedOrder(asked, rows);
});
