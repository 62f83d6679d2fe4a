CREATE TABLE "gold_items" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"queue_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"expected" text NOT NULL,
	"source" text NOT NULL,
	"note" text,
	"marked_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	"retired_by" text,
	CONSTRAINT "gold_items_expected_check" CHECK (expected in ('approve', 'decline')),
	CONSTRAINT "gold_items_source_check" CHECK (source in ('person', 'audit', 'outcome'))
);
--> statement-breakpoint
DROP INDEX "decisions_created_idx";--> statement-breakpoint
DROP INDEX "decisions_ruled_idx";--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "hours_per_day" double precision DEFAULT 6 NOT NULL;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "cause_review_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "probability" double precision NOT NULL;--> statement-breakpoint
ALTER TABLE "measures" ADD COLUMN "draw_u" double precision NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "gold_items_decision_unique" ON "gold_items" USING btree ("queue_id","decision_id") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "gold_items_queue_idx" ON "gold_items" USING btree ("org_id","queue_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "measures_cause_unique" ON "measures" USING btree ("cause_review_id","kind");--> statement-breakpoint
CREATE INDEX "measures_waiting_idx" ON "measures" USING btree ("org_id","id") WHERE answered_at is null;--> statement-breakpoint
CREATE INDEX "decisions_created_idx" ON "decisions" USING btree ("org_id","created_at","app_id","type_id","prompt_version","route","pi_label","measure");--> statement-breakpoint
CREATE INDEX "decisions_ruled_idx" ON "decisions" USING btree ("org_id","created_at","app_id","type_id","prompt_version","status","predicted","confidence","decided_at") WHERE route = 'review' and status in ('approved', 'declined') and decided_by like 'user:%' and not measure;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_measure_check" CHECK (not measure or (truth is null and route = 'review' and external_id is null and idempotency_key is null
        and compensates_id is null and not audit_drawn));--> statement-breakpoint
ALTER TABLE "measures" ADD CONSTRAINT "measures_probability_check" CHECK (probability > 0 and probability <= 1);