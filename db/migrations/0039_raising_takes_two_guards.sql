-- A type that moves money or cannot be undone keeps that two people are needed, whatever it is changed to.
create function decision_types_weighed() returns trigger language plpgsql as $$
begin
  new.raising_takes_two := new.raising_takes_two or new.amount_pointer is not null or new.reversibility = 'irreversible'
    or (tg_op = 'UPDATE' and old.raising_takes_two);
  return new;
end $$;
--> statement-breakpoint
create trigger decision_types_weighed before insert or update on decision_types
  for each row execute function decision_types_weighed();
--> statement-breakpoint
update decision_types set raising_takes_two = true where amount_pointer is not null or reversibility = 'irreversible';
--> statement-breakpoint
-- What a person changes lets more of such a type run alone only where somebody else signed it.
create function autonomies_guard() returns trigger language plpgsql as $$
declare
  was_auto boolean := false;
  read_version int := 0;
begin
  if tg_op = 'UPDATE' then
    was_auto := old.level = 'auto';
    read_version := old.version;
  end if;
  if new.level <> 'auto' or new.updated_by is null or new.updated_by not like 'user:%' then
    return new;
  end if;
  if was_auto and coalesce(new.threshold, 2) >= coalesce(old.threshold, 2) and new.audit_rate >= old.audit_rate
      and coalesce(new.decline_threshold, 2) >= coalesce(old.decline_threshold, 2)
      and coalesce(new.amount_cap, 9223372036854775807) <= coalesce(old.amount_cap, 9223372036854775807) then
    return new;
  end if;
  if exists (select 1 from decision_types t where t.id = new.type_id and t.raising_takes_two) and not exists (
      select 1 from autonomy_raises r where r.app_id = new.app_id and r.type_id = new.type_id and r.status = 'signed'
        and r.version = read_version and (r.wanted ->> 'threshold')::float8 <= new.threshold) then
    raise exception 'autonomy of % is raised without two signatures', new.type_id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger autonomies_guard before insert or update on autonomies for each row execute function autonomies_guard();
--> statement-breakpoint
-- A proposal is decided once, and what it is about stays as it was made.
create function autonomy_raises_guard() returns trigger language plpgsql as $$
begin
  if old.status <> 'open' or new.app_id <> old.app_id or new.type_id <> old.type_id or new.wanted <> old.wanted
      or new.version <> old.version or new.proposed_by <> old.proposed_by then
    raise exception 'proposal % stays as it is', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger autonomy_raises_guard before update on autonomy_raises for each row execute function autonomy_raises_guard();
--> statement-breakpoint
create trigger autonomy_raises_kept before delete or truncate on autonomy_raises for each statement execute function append_only();
--> statement-breakpoint
update contracts c set widened_at = (select max(h.created_at) from contract_changes h
  where h.contract_id = c.id and h.kind in ('promoted', 'expanded'));
--> statement-breakpoint
-- As before, and a threshold lets more run alone once a UTC day at most.
create or replace function contracts_guard() returns trigger language plpgsql as $$
begin
  if new.level = 'auto' and (old.level <> 'auto' or new.epoch_id <> old.epoch_id) and not exists (
      select 1 from contract_proposals p where p.contract_id = new.id and p.epoch_id = new.epoch_id
        and p.kind = 'promote' and p.status = 'signed' and (p.wanted ->> 'threshold')::float8 <= new.threshold) then
    raise exception 'contract % is promoted without two signatures', new.id using errcode = '23514';
  end if;
  if new.level = 'auto' and old.level = 'auto' and new.threshold < old.threshold
      and new.terms ->> 'expands' <> 'by_itself' and not exists (
      select 1 from contract_proposals p where p.contract_id = new.id and p.epoch_id = new.epoch_id
        and p.kind in ('promote', 'expand') and p.status = 'signed'
        and (p.wanted ->> 'threshold')::float8 <= new.threshold) then
    raise exception 'contract % is expanded without two signatures', new.id using errcode = '23514';
  end if;
  if new.level = 'auto' and old.level = 'auto' and new.threshold < old.threshold
      and (old.widened_at at time zone 'UTC')::date >= (now() at time zone 'UTC')::date then
    raise exception 'contract % has let more run alone today already', new.id using errcode = '23514';
  end if;
  if ((new.terms ->> 'alpha')::float8 > (old.terms ->> 'alpha')::float8
      or (new.terms ->> 'delta')::float8 > (old.terms ->> 'delta')::float8
      or (new.terms ->> 'family')::float8 < (old.terms ->> 'family')::float8
      or new.terms ->> 'expands' = 'by_itself' and old.terms ->> 'expands' <> 'by_itself') and not exists (
      select 1 from contract_proposals p where p.contract_id = new.id and p.kind = 'terms' and p.status = 'signed'
        and p.wanted -> 'terms' = new.terms) then
    raise exception 'contract % is loosened without two signatures', new.id using errcode = '23514';
  end if;
  return new;
end $$;
