ALTER TABLE "dataset_items" ADD COLUMN "text_hash" text;--> statement-breakpoint
ALTER TABLE "dataset_items" ADD COLUMN "sha256" text NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "left_out" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "experiment_results" ADD COLUMN "reserved_micros" bigint;--> statement-breakpoint
ALTER TABLE "experiments" ADD COLUMN "summary" jsonb;