ALTER TABLE "stops" ADD COLUMN "resume_asked_by" text;--> statement-breakpoint
ALTER TABLE "stops" ADD COLUMN "resume_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stops" ADD COLUMN "resume_reason" text;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "proposed" jsonb;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "proposed_by" text;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "proposed_at" timestamp with time zone;