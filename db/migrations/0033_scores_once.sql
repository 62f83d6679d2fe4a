DROP INDEX "scores_decision_unique";--> statement-breakpoint
DROP INDEX "scores_subject_unique";--> statement-breakpoint
ALTER TABLE "evaluators" ADD COLUMN "measured_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_once_unique" UNIQUE NULLS NOT DISTINCT("evaluator_id","decision_id","subject","scored_by","version_id","quality");