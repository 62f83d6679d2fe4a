-- A measure is a copy put before a reviewer to see what they say: it carries nothing out, whatever the application does.
create or replace function executions_born() returns trigger language plpgsql as $$
declare d record;
begin
  select status, action_digest, approval_nonce, approval_expires_at, type_id, measure into d
    from decisions where id = new.decision_id;
  new.type_id := d.type_id;
  if d.measure then
    raise exception 'execution %: decision % is a measure; it carries nothing out', new.id, new.decision_id using errcode = '23514';
  end if;
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
create or replace function decisions_execution_exists() returns trigger language plpgsql as $$
begin
  -- Three look-ups by key, one after the other: joined, a plan made while the tables were small reads them whole.
  if not new.measure
     and exists (select 1 from decision_types t where t.id = new.type_id and t.action_id is not null)
     and not exists (select 1 from executions e where e.decision_id = new.id and e.kind = 'action' and e.status <> 'cancelled')
     and exists (select 1 from decisions d where d.id = new.id and d.status = 'approved') then
    raise exception 'decision % is approved without an execution', new.id using errcode = '23514';
  end if;
  return null;
end $$;
--> statement-breakpoint
create function decisions_measure_stays() returns trigger language plpgsql as $$
begin
  if new.measure <> old.measure then
    raise exception 'decision %: what is a measure stays one', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
-- Fires only for an update that names the column; no program of ours does.
create trigger decisions_measure_stays before update of measure on decisions for each row execute function decisions_measure_stays();
