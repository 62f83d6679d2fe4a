-- An execution's type is its decision's: the claim goes by it without looking at the decision.
create or replace function executions_born() returns trigger language plpgsql as $$
declare d record;
begin
  select status, action_digest, approval_nonce, approval_expires_at, type_id into d from decisions where id = new.decision_id;
  new.type_id := d.type_id;
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
update executions e set type_id = d.type_id from decisions d where d.id = e.decision_id;
--> statement-breakpoint
-- What an execution holds of its budgets is given back the moment it is certain that nothing happened, whoever finds
-- out; and counted again should that turn out to be wrong.
create function executions_budgets() returns trigger language plpgsql as $$
declare happened boolean := new.status in ('succeeded', 'disputed');
begin
  if not exists (select 1 from budget_reservations where execution_id = new.id and (released_at is null) <> happened) then
    return null;
  end if;
  -- One at a time with the claims that reserve: usage rows are then never waited for in two orders.
  perform pg_advisory_xact_lock(hashtextextended('budgets:' || new.org_id, 0));
  with moved as (
    update budget_reservations set released_at = case when happened then null else now() end
    where execution_id = new.id and (released_at is null) <> happened returning budget_id, bucket, window_start, amount)
  update budget_usage u set amount = u.amount + case when happened then m.amount else -m.amount end,
    count = u.count + case when happened then 1 else -1 end
  from moved m where u.budget_id = m.budget_id and u.bucket = m.bucket and u.window_start = m.window_start;
  return null;
end $$;
--> statement-breakpoint
create trigger executions_budgets after update of status on executions for each row
when (old.status <> new.status and (new.status in ('failed', 'cancelled', 'disputed')
  or (new.status in ('pending', 'dead') and new.first_sent_at is null)
  or (new.status = 'succeeded' and old.status in ('failed', 'cancelled', 'dead', 'disputed'))))
execute function executions_budgets();
