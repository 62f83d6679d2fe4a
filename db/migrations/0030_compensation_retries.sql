ALTER TABLE "decisions" ADD COLUMN "undoing_failed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Undoings that failed before this was kept count no more either.
update decisions d set undoing_failed = true where d.compensates_id is not null
  and exists (select 1 from executions e where e.decision_id = d.id and e.status = 'failed')
  and not exists (select 1 from executions e where e.decision_id = d.id and e.status not in ('failed', 'cancelled'));--> statement-breakpoint
DROP INDEX "decisions_compensates_unique";--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_compensates_unique" ON "decisions" USING btree ("compensates_id") WHERE compensates_id is not null and not undoing_failed and status not in ('declined', 'expired', 'cancelled', 'superseded');--> statement-breakpoint
-- Whether a decision other than `but` that undoes `undone` has an execution that did, or may yet do, something.
create function undoing_in_effect(undone text, but text) returns boolean language sql stable as $$
  select exists (select 1 from decisions c join executions e on e.decision_id = c.id
    where c.compensates_id = undone and c.id <> but and e.status not in ('failed', 'cancelled'))
$$;
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
      select status, action_digest, compensates_id into d from decisions where id = new.decision_id;
      if d.status <> 'approved' or (new.kind = 'action' and d.action_digest is distinct from new.action_digest) then
        raise exception 'execution %: its decision is not approved for this digest', old.id using errcode = '23514';
      end if;
      -- Undoing begins once: never beside another try whose fate is not "nothing happened", nor of what is in dispute.
      if d.compensates_id is not null and old.first_sent_at is null then
        if undoing_in_effect(d.compensates_id, new.decision_id) then
          raise exception 'execution %: what it undoes may be undone already', old.id using errcode = '23514';
        end if;
        if exists (select 1 from executions p where p.id = d.compensates_id and p.status <> 'succeeded') then
          raise exception 'execution %: what it undoes is not on record as done', old.id using errcode = '23514';
        end if;
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
-- An undoing that certainly did nothing makes room for another try; contrary news of it takes the room back.
create function executions_undoing() returns trigger language plpgsql as $$
begin
  if new.status = 'failed' then
    update decisions set undoing_failed = true
      where id = new.decision_id and compensates_id is not null and not undoing_failed;
    return null;
  end if;
  begin
    update decisions set undoing_failed = false where id = new.decision_id and undoing_failed;
  exception when unique_violation then
    -- Another try stands already. What is known of this one must not be lost for it: the other is not sent any more.
    null;
  end;
  return null;
end $$;
--> statement-breakpoint
create trigger executions_undoing after update of status on executions for each row
  when (new.status <> old.status and (new.status = 'failed' or old.status in ('failed', 'disputed')))
  execute function executions_undoing();
--> statement-breakpoint
-- The mark is the execution's own word: nobody writes it otherwise.
create function decisions_undoing() returns trigger language plpgsql as $$
declare is_failed boolean;
begin
  if tg_op = 'INSERT' then
    if new.undoing_failed then
      raise exception 'decision % has not been carried out, and cannot have failed', new.id using errcode = '23514';
    end if;
    if undoing_in_effect(new.compensates_id, new.id) then
      raise exception 'decision %: execution % may be undone already', new.id, new.compensates_id using errcode = '23514';
    end if;
    return new;
  end if;
  select coalesce(bool_or(e.status = 'failed'), false) and not coalesce(bool_or(e.status not in ('failed', 'cancelled')), false)
    into is_failed from executions e where e.decision_id = new.id and e.kind = 'action';
  if new.undoing_failed <> is_failed then
    raise exception 'decision %: whether its undoing failed is its execution''s to say', new.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger decisions_undoing before update of undoing_failed on decisions for each row
  when (new.undoing_failed is distinct from old.undoing_failed) execute function decisions_undoing();
--> statement-breakpoint
create trigger decisions_undoing_born before insert on decisions for each row
  when (new.compensates_id is not null or new.undoing_failed) execute function decisions_undoing();
