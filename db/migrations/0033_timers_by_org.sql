DROP INDEX "decisions_expiry_idx";--> statement-breakpoint
DROP INDEX "reviews_assigned_idx";--> statement-breakpoint
DROP INDEX "reviews_staged_idx";--> statement-breakpoint
CREATE INDEX "decisions_expiry_idx" ON "decisions" USING btree ("org_id","expires_at") WHERE expires_at is not null and status in ('in_review', 'awaiting_second');--> statement-breakpoint
CREATE INDEX "reviews_assigned_idx" ON "reviews" USING btree ("org_id","assigned_to") WHERE assigned_to is not null and status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
CREATE INDEX "reviews_staged_idx" ON "reviews" USING btree ("org_id","effective_at") WHERE staged_verdict is not null and verdict is null;