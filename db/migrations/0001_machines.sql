-- The two state machines and the journal, held by the database whatever the application does.
create function transition_allowed(allowed jsonb, old_status text, new_status text) returns boolean
language sql immutable as $$ select coalesce(allowed -> old_status ? new_status, false) $$;
--> statement-breakpoint
create function decisions_guard() returns trigger language plpgsql as $$
begin
  if new.org_id <> old.org_id or new.app_id <> old.app_id or new.type_id <> old.type_id
     or new.input <> old.input or new.arguments <> old.arguments or new.predicted <> old.predicted
     or new.pi_label <> old.pi_label or new.pi_ref <> old.pi_ref or new.draw_u <> old.draw_u
     or new.audit_drawn <> old.audit_drawn or new.route <> old.route then
    raise exception 'decision % was submitted and routed; that part never changes', old.id using errcode = '23514';
  end if;
  if new.status <> old.status and not transition_allowed('{
      "in_review": ["approved", "declined", "expired", "cancelled", "superseded", "awaiting_second"],
      "awaiting_second": ["approved", "declined", "in_review", "expired", "cancelled"],
      "approved": ["cancelled"], "declined": [], "expired": [], "cancelled": [], "superseded": [], "recorded": []
    }', old.status, new.status) then
    raise exception 'decision %: % -> % is not a transition', old.id, old.status, new.status using errcode = '23514';
  end if;
  if old.status = 'approved' and (new.action_digest is distinct from old.action_digest
      or new.edited_arguments is distinct from old.edited_arguments) then
    raise exception 'decision % is approved; what was signed never changes', old.id using errcode = '23514';
  end if;
  if old.status = 'approved' and new.status = 'cancelled' and exists (
      select 1 from executions e where e.decision_id = old.id and e.kind = 'action' and e.status <> 'cancelled') then
    raise exception 'decision %: its execution was already claimed', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger decisions_guard before update on decisions for each row execute function decisions_guard();
--> statement-breakpoint
create function decisions_execution_exists() returns trigger language plpgsql as $$
begin
  -- Three look-ups by key, one after the other: joined, a plan made while the tables were small reads them whole.
  if exists (select 1 from decision_types t where t.id = new.type_id and t.action_id is not null)
     and not exists (select 1 from executions e where e.decision_id = new.id and e.kind = 'action')
     and exists (select 1 from decisions d where d.id = new.id and d.status = 'approved') then
    raise exception 'decision % is approved without an execution', new.id using errcode = '23514';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger decisions_approved_executes after insert or update of status on decisions
  deferrable initially deferred for each row when (new.status = 'approved') execute function decisions_execution_exists();
--> statement-breakpoint
create function executions_born() returns trigger language plpgsql as $$
declare d record;
begin
  select status, action_digest into d from decisions where id = new.decision_id;
  if new.status <> 'pending' then
    raise exception 'execution % must be born pending', new.id using errcode = '23514';
  end if;
  if new.kind = 'action' and (d.status <> 'approved' or d.action_digest is distinct from new.action_digest) then
    raise exception 'execution %: its decision is not approved for this digest', new.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger executions_born before insert on executions for each row execute function executions_born();
--> statement-breakpoint
create function executions_guard() returns trigger language plpgsql as $$
declare d record;
begin
  if new.decision_id <> old.decision_id or new.action_key <> old.action_key or new.arguments <> old.arguments
     or new.action_digest <> old.action_digest or new.kind <> old.kind
     or new.connector_id is distinct from old.connector_id or new.action_id is distinct from old.action_id
     or new.connector_version is distinct from old.connector_version
     or new.connector_class is distinct from old.connector_class then
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
    if old.status = 'unknown' and new.status = 'in_flight' and (new.connector_class = 'C'
        or (new.connector_class = 'B' and old.absent_fence is distinct from old.fence)) then
      raise exception 'execution % may have been carried out; it is not sent again unasked', old.id using errcode = '23514';
    end if;
    if new.status = 'in_flight' then
      select status, action_digest into d from decisions where id = new.decision_id;
      if d.status <> 'approved' or (new.kind = 'action' and d.action_digest is distinct from new.action_digest) then
        raise exception 'execution %: its decision is not approved for this digest', old.id using errcode = '23514';
      end if;
      if new.fence = old.fence then
        raise exception 'execution %: a claim draws a new fence', old.id using errcode = '23514';
      end if;
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger executions_guard before update on executions for each row execute function executions_guard();
--> statement-breakpoint
create function append_only() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23514';
end $$;
--> statement-breakpoint
create trigger journal_append_only before update or delete or truncate on journal for each statement execute function append_only();
--> statement-breakpoint
create trigger executions_kept before delete or truncate on executions for each statement execute function append_only();
--> statement-breakpoint
create trigger decisions_kept before delete or truncate on decisions for each statement execute function append_only();
