-- A rule's history is written whoever changes it: a decision asks for no less than what held when it was submitted.
create function approval_rules_kept() returns trigger language plpgsql as $$
begin
  insert into approval_rule_versions (rule_id, org_id, name, position, type_id, queue_id, min_amount, stages, enabled,
      version, updated_by, held_from)
    values (old.id, old.org_id, old.name, old.position, old.type_id, old.queue_id, old.min_amount, old.stages, old.enabled,
      old.version, old.updated_by, old.updated_at);
  return coalesce(new, old);
end $$;
--> statement-breakpoint
create trigger approval_rules_kept before update or delete on approval_rules for each row execute function approval_rules_kept();
--> statement-breakpoint
create trigger approval_rule_versions_kept before update or delete or truncate on approval_rule_versions
  for each statement execute function append_only();
--> statement-breakpoint
-- A review that is passed on to another queue stays under the rules of the queue it came from.
create function reviews_passed_on() returns trigger language plpgsql as $$
begin
  new.passed_queues := coalesce(old.passed_queues, '[]'::jsonb) || to_jsonb(old.queue_id);
  return new;
end $$;
--> statement-breakpoint
create trigger reviews_passed_on before update of queue_id on reviews for each row
  when (old.queue_id is distinct from new.queue_id) execute function reviews_passed_on();
--> statement-breakpoint
-- Nobody approves with fewer people than the rule of any of its reviews asks, each for exactly what would run.
create function decisions_quorum() returns trigger language plpgsql as $$
declare
  needed int;
  given int;
begin
  select max((select sum((s.round ->> 'minimum')::int) from jsonb_array_elements(r.approval_rule -> 'stages') s(round))) into needed
    from reviews r where r.decision_id = new.id and r.approval_rule is not null;
  if needed is null or exists (select 1 from approvals a where a.decision_id = new.id and a.voided_at is null
      and a.verdict = 'approve' and a.break_glass is not null and a.digest = new.action_digest) then
    return null;
  end if;
  select count(distinct a.actor) into given from approvals a where a.decision_id = new.id and a.voided_at is null
    and a.verdict = 'approve' and a.digest = new.action_digest;
  if given < needed and exists (select 1 from decisions d where d.id = new.id and d.status = 'approved') then
    raise exception 'decision % needs % approvals and has %', new.id, needed, given using errcode = '23514';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger decisions_quorum after update of status on decisions deferrable initially deferred for each row
  when (old.status <> 'approved' and new.status = 'approved' and new.decided_by like 'user:%') execute function decisions_quorum();
