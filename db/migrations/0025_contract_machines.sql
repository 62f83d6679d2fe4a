create trigger contract_changes_append_only before update or delete or truncate on contract_changes
  for each statement execute function append_only();
--> statement-breakpoint
-- More autonomy, and looser terms, take a proposal that a second admin signed; a by_itself contract may expand alone.
create function contracts_guard() returns trigger language plpgsql as $$
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
--> statement-breakpoint
create trigger contracts_guard before update on contracts for each row execute function contracts_guard();
--> statement-breakpoint
-- A proposal is decided once, and what it is about stays as it was made.
create function contract_proposals_guard() returns trigger language plpgsql as $$
begin
  if old.status <> 'open' or new.contract_id <> old.contract_id or new.epoch_id <> old.epoch_id or new.kind <> old.kind
      or new.wanted <> old.wanted or new.evidence <> old.evidence or new.proposed_by <> old.proposed_by then
    raise exception 'proposal % stays as it is', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger contract_proposals_guard before update on contract_proposals for each row execute function contract_proposals_guard();
--> statement-breakpoint
create trigger contract_proposals_kept before delete or truncate on contract_proposals for each statement execute function append_only();
