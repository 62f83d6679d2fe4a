-- What a prompt version says is written in its draft only: decisions and evidence name it by its number.
create function prompt_versions_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'prompt version % stays', old.id using errcode = '23514';
  end if;
  if new.prompt_id <> old.prompt_id or new.version <> old.version or new.org_id <> old.org_id
      or (old.status <> 'draft' and (new.model_id <> old.model_id or new.messages <> old.messages
        or new.settings <> old.settings or new.note <> old.note)) then
    raise exception 'prompt version %: what it says stays as it was when it left the draft', old.id using errcode = '23514';
  end if;
  if new.status = 'draft' and old.status <> 'draft' then
    raise exception 'prompt version % does not become a draft again', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger prompt_versions_guard before update or delete on prompt_versions
  for each row execute function prompt_versions_guard();
--> statement-breakpoint
-- A run that is over stays as it is; only what its answer was worth is added by whoever asked.
create function runs_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'run % stays', old.id using errcode = '23514';
  end if;
  if new.purpose <> old.purpose or new.model_id <> old.model_id or new.request_hash <> old.request_hash
      or new.prompt_version_id is distinct from old.prompt_version_id
      or (old.decision_id is not null and new.decision_id is distinct from old.decision_id)
      or (old.status <> 'running' and (new.status <> old.status or new.output is distinct from old.output
        or new.cost_micros is distinct from old.cost_micros)) then
    raise exception 'run %: what was asked and answered stays', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger runs_guard before update or delete on runs for each row execute function runs_guard();
