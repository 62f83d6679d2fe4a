-- What a model learned is fixed once it is stored: whoever loaded it may keep it, and its hash means something.
create function model_artifacts_guard() returns trigger language plpgsql as $$
begin
  if (new.id, new.org_id, new.app_id, new.type_id, new.version, new.algorithm, new.sha256, new.manifest, new.created_by)
      is distinct from (old.id, old.org_id, old.app_id, old.type_id, old.version, old.algorithm, old.sha256, old.manifest, old.created_by)
      or new.content is distinct from old.content then
    raise exception 'a trained model never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger model_artifacts_guard before update on model_artifacts for each row execute function model_artifacts_guard();
--> statement-breakpoint
-- Signed only after it was proposed, and what was signed or declined stays so.
create function trainings_guard() returns trigger language plpgsql as $$
begin
  if old.status in ('signed', 'declined', 'failed') and new.status <> old.status then
    raise exception 'training % is over', old.id using errcode = 'restrict_violation';
  end if;
  if new.status = 'signed' and (old.status <> 'proposed' or new.signed_by is null or new.signed_at is null) then
    raise exception 'training % was not proposed and signed', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger trainings_guard before update on trainings for each row execute function trainings_guard();
