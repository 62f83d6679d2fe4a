import { sql } from "drizzle-orm";

// Authority is lent by whoever still has it.
const lenders = sql`(select de.id, de.from_user from delegations de join users u on u.id = de.from_user
    where de.to_user = asked.person and de.org_id = r.org_id and de.revoked_at is null and de.starts_at <= now()
      and de.ends_at > now() and (de.queue_id is null or de.queue_id = r.queue_id)
      and u.disabled_at is null and u.role = 'reviewer')`;

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

/**
 * What four eyes and the approval rules look at, over `asked` (`person`, who asks), `r`, `d`, `t`, `ca` and `co`. Sub-selects
 * by key, so that a ruling stays one reading however many rules there are.
 */
export const fourEyesColumns = sql`d.metadata ->> 'on_behalf_of' as on_behalf_of, r.excluded,
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
      from ${lenders} l) as lenders,
    coalesce((select us.skills from user_settings us where us.user_id = asked.person), '[]') as skills,
    exists (select 1 from queue_members m where m.queue_id = r.queue_id) as has_members,
    (select coalesce(json_agg(m.user_id), '[]') from queue_members m where m.queue_id = r.queue_id
      and (m.user_id = asked.person or m.user_id in (select l.from_user from ${lenders} l))) as member_ids,
    exists (select 1 from queue_members m where m.queue_id = r.queue_id and m.user_id = asked.person and m.lead) as leads`;
