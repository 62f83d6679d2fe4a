DROP INDEX "reviews_queue_loss_idx";--> statement-breakpoint
ALTER TABLE "decision_types" ADD COLUMN "handling_seconds" double precision DEFAULT 60 NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "loss_per_minute" double precision;--> statement-breakpoint
CREATE INDEX "reviews_queue_loss_idx" ON "reviews" USING btree ("queue_id","loss_per_minute" DESC NULLS LAST,"id") WHERE loss_per_minute is not null and status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
ALTER TABLE "decision_types" ADD CONSTRAINT "decision_types_handling_check" CHECK (handling_seconds > 0);