CREATE TABLE "experiment_evaluators" (
	"experiment_id" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"version_id" text NOT NULL,
	CONSTRAINT "experiment_evaluators_pk" PRIMARY KEY("experiment_id","evaluator_id")
);
--> statement-breakpoint
CREATE TABLE "experiment_scores" (
	"candidate_id" text NOT NULL,
	"item_id" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"experiment_id" text NOT NULL,
	"position" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"given" jsonb,
	"run_id" text,
	"cost_micros" bigint,
	"reserved_micros" bigint,
	"error" text,
	"started_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	CONSTRAINT "experiment_scores_pk" PRIMARY KEY("candidate_id","item_id","evaluator_id"),
	CONSTRAINT "experiment_scores_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'interrupted'))
);
--> statement-breakpoint
ALTER TABLE "evaluator_rules" ADD COLUMN "ahead_cursor" text;--> statement-breakpoint
ALTER TABLE "evaluator_rules" ADD COLUMN "ahead_xid" bigint;--> statement-breakpoint
ALTER TABLE "experiments" ADD COLUMN "scores_done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "experiments" ADD COLUMN "scores_total" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "experiment_evaluators" ADD CONSTRAINT "experiment_evaluators_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_evaluators" ADD CONSTRAINT "experiment_evaluators_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_evaluators" ADD CONSTRAINT "experiment_evaluators_version_id_evaluator_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."evaluator_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_scores" ADD CONSTRAINT "experiment_scores_candidate_id_experiment_candidates_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."experiment_candidates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_scores" ADD CONSTRAINT "experiment_scores_item_id_dataset_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."dataset_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_scores" ADD CONSTRAINT "experiment_scores_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "experiment_scores_open_idx" ON "experiment_scores" USING btree ("experiment_id","position","candidate_id") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "experiment_scores_item_idx" ON "experiment_scores" USING btree ("experiment_id","position","candidate_id");