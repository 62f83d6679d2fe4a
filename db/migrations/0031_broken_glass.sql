ALTER TABLE "audits" ADD COLUMN "broke_glass" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "discrepancies" ADD COLUMN "evidence" jsonb;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "muted_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "muted_by" text;--> statement-breakpoint
CREATE INDEX "reviews_queue_age_idx" ON "reviews" USING btree ("queue_id","id") WHERE status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_broke_glass_check" CHECK (not broke_glass or sent_by is not null);--> statement-breakpoint
-- Nobody approves alone unaudited, whatever wrote it.
create function approvals_broken_glass() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from audits a where a.decision_id = new.decision_id and a.broke_glass and a.sent_by = new.actor) then
    raise exception 'decision % was approved alone and has no audit of it', new.decision_id using errcode = '23514';
  end if;
  return null;
end $$;
--> statement-breakpoint
create constraint trigger approvals_broken_glass after insert on approvals deferrable initially deferred for each row
  when (new.break_glass is not null) execute function approvals_broken_glass();
