ALTER TABLE "budgets" ADD COLUMN "proposed" jsonb;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "proposed_by" text;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "proposed_at" timestamp with time zone;