import { sql, type SQL } from "drizzle-orm";
import { heldColumns, heldSource, type HeldDecision } from "@/lib/decisions/server/held-decision";
import { DomainError } from "@/lib/kernel/errors";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { hotRowsOf } from "@/lib/server/rows";
import type { ReviewStatus, Verdict } from "@/lib/kernel/statuses";
import type { ApprovalRuleSnapshot } from "../approval-rules";
import type { FourEyesFacts } from "../four-eyes";
import type { Given, RuleInForce } from "../quorum";
import type { ReviewKind } from "../schema";
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
  const me = ctx.actor.kind === "user" ? ctx.actor.id : "";
  const [found] = await hotRowsOf<Case>(
    ctx.db,
    sql`select ${heldColumns}, t.version as type_version, t.arguments_schema,
        coalesce(q.decline_reasons, t.decline_reasons) as decline_reasons, q.verdicts, q.name as queue_name, q.skills as queue_skills,
        r.id as review_id, r.status as review_status, r.kind as review_kind, r.queue_id, r.due_at <= now() as overdue,
        r.assigned_to, r.staged_verdict, r.staged_by, r.edited_arguments as staged_arguments, r.reason_code as staged_reason,
        r.note as staged_note, case when d.status in ('in_review', 'awaiting_second') then d.edited_arguments end as edited_arguments,
        d.reasons @> '[{"code": "model_failed"}]' as unanswered,
        ${dwellColumns}, ${fourEyesColumns(me)}
      from ${heldSource} join reviews r on r.decision_id = d.id join queues q on q.id = r.queue_id
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId} and r.kind <> 'appeal'`,
  );
  // An appeal is answered, not ruled on: that has a verb of its own.
  if (!found) throw new DomainError("not_found", `There is no review ${reviewId}`);
  return found;
}

// Sub-selects by key, so that a ruling stays one reading however many rules there are.
function fourEyesColumns(me: string): SQL {
  return sql`d.metadata ->> 'on_behalf_of' as on_behalf_of, r.excluded,
    (select coalesce(json_agg(json_build_object('id', ap.id, 'actor', ap.actor, 'on_behalf_of', ap.on_behalf_of,
        'stage', ap.stage, 'verdict', ap.verdict, 'digest', ap.digest) order by ap.id), '[]')
      from approvals ap where ap.decision_id = d.id and ap.voided_at is null) as given,
    ${changedColumn} as changed,
    (select coalesce(json_agg(k.approval_rule order by k.id) filter (where k.approval_rule is not null), '[]')
      from reviews k where k.decision_id = d.id) as kept_rules,
    ${rulesColumn} as rules, d.reasons @> '[{"code": "policy_two_reviewers"}]' as asks_two,
    (select json_agg(distinct passed.queue) from reviews k, lateral (select k.queue_id as queue
        union select jsonb_array_elements_text(coalesce(k.passed_queues, '[]'))) passed
      where k.decision_id = d.id) as queues,
    (select coalesce(json_agg(json_build_object('user', l.from_user, 'delegation', l.id)), '[]')
      from ${lendersOf(me)} l) as lenders,
    coalesce((select us.skills from user_settings us where us.user_id = ${me}), '[]') as skills,
    exists (select 1 from queue_members m where m.queue_id = r.queue_id) as has_members,
    (select coalesce(json_agg(m.user_id), '[]') from queue_members m where m.queue_id = r.queue_id
      and (m.user_id = ${me} or m.user_id in (select l.from_user from ${lendersOf(me)} l))) as member_ids,
    exists (select 1 from queue_members m where m.queue_id = r.queue_id and m.user_id = ${me} and m.lead) as leads`;
}

// Authority is lent by whoever still has it.
function lendersOf(me: string): SQL {
  return sql`(select de.id, de.from_user from delegations de join users u on u.id = de.from_user
    where de.to_user = ${me} and de.org_id = r.org_id and de.revoked_at is null and de.starts_at <= now()
      and de.ends_at > now() and (de.queue_id is null or de.queue_id = r.queue_id)
      and u.disabled_at is null and u.role = 'reviewer')`;
}

const fitsType = sql`(x.type_id is null or x.type_id = d.type_id)`;
const rulesColumn = sql`(select coalesce(json_agg(json_build_object('id', x.id, 'version', x.version, 'name', x.name,
      'stages', x.stages, 'position', x.position, 'queue_id', x.queue_id, 'min_amount', x.min_amount,
      'when_submitted', x.held_from <= d.created_at, 'now', x.now)), '[]')
    from (select id, version, name, stages, position, type_id, queue_id, min_amount, updated_at as held_from, true as now
        from approval_rules where org_id = r.org_id and enabled
      union all
      select rule_id, version, name, stages, position, type_id, queue_id, min_amount, held_from, false
        from approval_rule_versions where org_id = r.org_id and enabled and held_until > d.created_at
          and held_from <= d.created_at) x
    where ${fitsType})`;

// The journal says who changed what has no author of its own; autonomy and rules carry theirs.
const changedColumn = sql`(select coalesce(json_agg(distinct jsonb_build_object('by', c.by, 'what', c.what)), '[]') from (
      select j.actor as by, case when j.action like 'connector%' then 'connector' else 'policy' end as what
        from journal j where j.subject in (co.id, ca.id, t.id, r.queue_id) and j.org_id = r.org_id
          and j.at > now() - interval '24 hours' and j.actor like 'user:%'
          and j.action in ('connector.created', 'connector.changed', 'connector.callback_secret_set',
            'connector_action.created', 'connector_action.changed', 'connector_actions.imported',
            'decision_type.created', 'decision_type.changed', 'queue.created', 'queue.changed', 'queue.rule_changed')
      union all
      select co.created_by, 'connector' where co.created_by is not null and co.created_at > now() - interval '24 hours'
      union all
      select au.updated_by, 'policy' from autonomies au where au.app_id = d.app_id and au.type_id = d.type_id
        and au.updated_by is not null and au.updated_at > now() - interval '24 hours'
      union all
      select ra.proposed_by, 'policy' from autonomy_raises ra where ra.app_id = d.app_id and ra.type_id = d.type_id
        and ra.status = 'signed' and ra.decided_at > now() - interval '24 hours'
      union all
      select who.by, 'policy' from jsonb_array_elements(d.reasons) why
        join policy_versions v on v.id = why -> 'detail' ->> 'version_id' and v.org_id = r.org_id
        cross join lateral unnest(array[v.edited_by, v.published_by]) who(by)
        where v.published_at > now() - interval '24 hours' and who.by is not null
      union all
      select x.updated_by, 'policy' from (select type_id, updated_by, updated_at as at from approval_rules
            where org_id = r.org_id and updated_at > now() - interval '24 hours'
          union all select type_id, updated_by, held_from from approval_rule_versions
            where org_id = r.org_id and held_until > now() - interval '24 hours'
              and held_from > now() - interval '24 hours') x
        where ${fitsType}) c)`;
