-- What a person lets more be carried out with, another person proposed just so.
create function budgets_guard() returns trigger language plpgsql as $$
begin
  if old.archived_at is not null or new.archived_at is null
      and coalesce(new.max_amount, 9223372036854775807) <= coalesce(old.max_amount, 9223372036854775807)
      and coalesce(new.max_count, 2147483647) <= coalesce(old.max_count, 2147483647) then
    return new;
  end if;
  if old.proposed_by is null or old.proposed_by = new.updated_by
      or (old.proposed ->> 'archived')::boolean is distinct from (new.archived_at is not null)
      or (old.proposed ->> 'max_amount')::bigint is distinct from new.max_amount
      or (old.proposed ->> 'max_count')::int is distinct from new.max_count then
    raise exception 'budget % is loosened without two people', new.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger budgets_guard before update on budgets
  for each row when (new.updated_by like 'user:%') execute function budgets_guard();
--> statement-breakpoint
-- Errors are weighted from now on: what is counted of the periods under way is counted again from the log.
update contract_epochs set stale = id || ':weighted' where ended_at is null and state is not null;
