-- What a review's expected loss is for each minute of a person, wherever the loss is written; a worker rates anew what waits.
create function reviews_rated() returns trigger language plpgsql as $$
begin
  new.loss_per_minute := (select new.expected_loss * 60 / t.handling_seconds from decision_types t where t.id = new.type_id);
  return new;
end $$;
--> statement-breakpoint
create trigger reviews_rated before update of expected_loss on reviews
  for each row when (new.expected_loss is distinct from old.expected_loss) execute function reviews_rated();
--> statement-breakpoint
create trigger reviews_rated_at_first before insert on reviews
  for each row when (new.expected_loss is not null) execute function reviews_rated();
--> statement-breakpoint
-- A minute each: what every type is assumed to take until people were seen at it.
update reviews set loss_per_minute = expected_loss
  where expected_loss is not null and status in ('open', 'claimed', 'snoozed');
