-- A label that changes after its decision was counted: the period is counted again from its decisions. What a fold that
-- is under way has not committed yet is marked too; it commits only over the mark it has read.
create function decisions_relabelled() returns trigger language plpgsql as $$
begin
  update contract_epochs e set stale = new.id || ':' || pg_current_xact_id()::text from contracts c
    where e.id = new.epoch_id and e.ended_at is null and c.id = e.contract_id
      and (old.truth is not null or e.cursor >= new.id
        or (new.route = 'review' and old.status not in ('in_review', 'awaiting_second'))
        or new.created_at <= now() - make_interval(hours => (c.terms ->> 'labelHours')::int) + interval '5 minutes');
  return null;
end $$;
--> statement-breakpoint
create trigger decisions_relabelled after update of truth on decisions for each row
  when (new.epoch_id is not null and new.truth is distinct from old.truth and (new.route = 'review' or new.audit_drawn))
  execute function decisions_relabelled();
--> statement-breakpoint
-- Which period a decision is evidence in, and with what confidence, is fixed at intake.
create function decisions_evidence_stays() returns trigger language plpgsql as $$
begin
  if new.epoch_id is distinct from old.epoch_id or new.confidence is distinct from old.confidence then
    raise exception 'decision %: what it is evidence of stays', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
-- Fires only for an update that names one of the columns; no program of ours does.
create trigger decisions_evidence_stays before update of epoch_id, confidence on decisions
  for each row execute function decisions_evidence_stays();
--> statement-breakpoint
create function contract_epochs_guard() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null then
    raise exception 'certification period % has ended; it stays as it was', old.id using errcode = '23514';
  end if;
  if new.contract_id <> old.contract_id or new.number <> old.number or new.cause <> old.cause or new.why <> old.why
      or new.started_at <> old.started_at or (old.grid is not null and new.grid is distinct from old.grid)
      or (old.sensitivity is not null and new.sensitivity is distinct from old.sensitivity)
      or not (new.deployments @> old.deployments) then
    raise exception 'certification period %: what its evidence is held against stays', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger contract_epochs_guard before update on contract_epochs for each row execute function contract_epochs_guard();
--> statement-breakpoint
create trigger contract_epochs_kept before delete or truncate on contract_epochs for each statement execute function append_only();
