-- The machines, with what an approval now carries: a nonce, an end, the state it rests on, and a way back to review
-- while nothing was sent.
create or replace function decisions_guard() returns trigger language plpgsql as $$
begin
  if new.org_id <> old.org_id or new.app_id <> old.app_id or new.type_id <> old.type_id
     or new.input <> old.input or new.arguments <> old.arguments or new.predicted <> old.predicted
     or new.pi_label <> old.pi_label or new.pi_ref <> old.pi_ref or new.draw_u <> old.draw_u
     or new.audit_drawn <> old.audit_drawn or new.route <> old.route then
    raise exception 'decision % was submitted and routed; that part never changes', old.id using errcode = '23514';
  end if;
  if new.approvals < old.approvals or new.compensates_id is distinct from old.compensates_id then
    raise exception 'decision %: what it undoes, and how often it was approved, is on record', old.id using errcode = '23514';
  end if;
  if new.status <> old.status and not transition_allowed('{
      "in_review": ["approved", "declined", "expired", "cancelled", "superseded", "awaiting_second"],
      "awaiting_second": ["approved", "declined", "in_review", "expired", "cancelled"],
      "approved": ["cancelled", "in_review"], "declined": [], "expired": [], "cancelled": [], "superseded": [], "recorded": []
    }', old.status, new.status) then
    raise exception 'decision %: % -> % is not a transition', old.id, old.status, new.status using errcode = '23514';
  end if;
  if old.status = 'approved' and new.status = 'approved' and (new.action_digest is distinct from old.action_digest
      or new.edited_arguments is distinct from old.edited_arguments or new.approval_nonce is distinct from old.approval_nonce
      or new.approval_expires_at is distinct from old.approval_expires_at or new.observed is distinct from old.observed) then
    raise exception 'decision % is approved; what was signed never changes', old.id using errcode = '23514';
  end if;
  if old.status = 'approved' and new.status <> 'approved' and exists (
      select 1 from executions e where e.decision_id = old.id and e.kind = 'action' and e.status <> 'cancelled') then
    raise exception 'decision %: its execution was already claimed', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace function decisions_execution_exists() returns trigger language plpgsql as $$
begin
  -- Three look-ups by key, one after the other: joined, a plan made while the tables were small reads them whole.
  if exists (select 1 from decision_types t where t.id = new.type_id and t.action_id is not null)
     and not exists (select 1 from executions e where e.decision_id = new.id and e.kind = 'action' and e.status <> 'cancelled')
     and exists (select 1 from decisions d where d.id = new.id and d.status = 'approved') then
    raise exception 'decision % is approved without an execution', new.id using errcode = '23514';
  end if;
  return null;
end $$;
--> statement-breakpoint
create or replace function executions_born() returns trigger language plpgsql as $$
declare d record;
begin
  select status, action_digest, approval_nonce, approval_expires_at into d from decisions where id = new.decision_id;
  if new.status <> 'pending' then
    raise exception 'execution % must be born pending', new.id using errcode = '23514';
  end if;
  if new.kind = 'action' and (d.status <> 'approved' or d.action_digest is distinct from new.action_digest) then
    raise exception 'execution %: its decision is not approved for this digest', new.id using errcode = '23514';
  end if;
  if new.approval_nonce is distinct from d.approval_nonce or d.approval_expires_at <= now() then
    raise exception 'execution %: its approval is another one, or has lapsed', new.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace function executions_guard() returns trigger language plpgsql as $$
declare d record;
begin
  if new.decision_id <> old.decision_id or new.action_key <> old.action_key or new.arguments <> old.arguments
     or new.action_digest <> old.action_digest or new.kind <> old.kind
     or new.connector_id is distinct from old.connector_id or new.action_id is distinct from old.action_id
     or new.connector_version is distinct from old.connector_version
     or new.connector_class is distinct from old.connector_class
     or new.approval_nonce is distinct from old.approval_nonce or new.execute_before is distinct from old.execute_before
     or new.amount is distinct from old.amount or new.currency is distinct from old.currency
     or new.expected_state is distinct from old.expected_state or new.held_until is distinct from old.held_until then
    raise exception 'execution %: what was signed never changes', old.id using errcode = '23514';
  end if;
  if new.fence < old.fence then
    raise exception 'execution %: the fence never falls', old.id using errcode = '23514';
  end if;
  if new.fence <> old.fence and (new.status <> 'in_flight' or old.status = 'in_flight') then
    raise exception 'execution %: only a claim draws a fence', old.id using errcode = '23514';
  end if;
  if old.first_sent_at is not null and new.first_sent_at is null then
    raise exception 'execution %: a send cannot be forgotten', old.id using errcode = '23514';
  end if;
  if new.status <> old.status then
    if not transition_allowed('{
        "pending": ["in_flight", "cancelled", "dead"], "in_flight": ["succeeded", "failed", "unknown", "pending"],
        "unknown": ["succeeded", "failed", "in_flight", "dead"], "dead": ["in_flight", "succeeded", "failed"],
        "failed": ["disputed"], "cancelled": ["disputed"], "succeeded": ["disputed"], "disputed": ["succeeded", "failed"]
      }', old.status, new.status) then
      raise exception 'execution %: % -> % is not a transition', old.id, old.status, new.status using errcode = '23514';
    end if;
    -- Back to pending only when every send so far is on record as never written to the wire.
    if old.status = 'in_flight' and new.status = 'pending' and (old.first_sent_at is not null
        or not exists (select 1 from attempts a where a.execution_id = old.id and a.fence = old.fence
          and a.kind = 'send' and a.outcome = 'not_sent')) then
      raise exception 'execution % may have been sent; it cannot be pending again', old.id using errcode = '23514';
    end if;
    -- Failed means that nothing happened: after an earlier send, a refusal proves nothing about that one.
    if old.status = 'in_flight' and new.status = 'failed' and old.first_sent_at is not null then
      raise exception 'execution % was sent before; a refusal cannot end it', old.id using errcode = '23514';
    end if;
    -- What leaves in_flight any other way may have been sent: nobody can leave that out.
    if old.status = 'in_flight' and new.status <> 'pending' then
      new.first_sent_at := coalesce(old.first_sent_at, old.last_sent_at, now());
    end if;
    -- An unanswered send is repeated blindly only where the target dedupes our key.
    if old.status = 'unknown' and new.status = 'in_flight' and old.retry_asked_by is null and (new.connector_class = 'C'
        or (new.connector_class = 'B' and old.absent_fence is distinct from old.fence)) then
      raise exception 'execution % may have been carried out; it is not sent again unasked', old.id using errcode = '23514';
    end if;
    if new.status = 'in_flight' then
      select status, action_digest into d from decisions where id = new.decision_id;
      if d.status <> 'approved' or (new.kind = 'action' and d.action_digest is distinct from new.action_digest) then
        raise exception 'execution %: its decision is not approved for this digest', old.id using errcode = '23514';
      end if;
      if old.status = 'dead' and old.retry_asked_by is null then
        raise exception 'execution % is dead; only a person may have it sent again', old.id using errcode = '23514';
      end if;
      if new.held_until > now() then
        raise exception 'execution % is held until %', old.id, new.held_until using errcode = '23514';
      end if;
      if new.fence = old.fence then
        raise exception 'execution %: a claim draws a new fence', old.id using errcode = '23514';
      end if;
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
-- A kill switch for each type and connector that is already there; later ones are made with what they name.
insert into stops (org_id, scope, scope_id) select org_id, 'type', id from decision_types on conflict do nothing;
--> statement-breakpoint
insert into stops (org_id, scope, scope_id) select org_id, 'connector', id from connectors on conflict do nothing;
--> statement-breakpoint
create trigger budget_reservations_kept before delete or truncate on budget_reservations for each statement execute function append_only();
