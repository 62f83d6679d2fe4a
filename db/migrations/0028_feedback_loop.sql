CREATE TABLE "feedback_import_rows" (
	"import_id" text NOT NULL,
	"line" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"payload" jsonb NOT NULL,
	"decision_id" text,
	"problem" text,
	CONSTRAINT "feedback_import_rows_pk" PRIMARY KEY("import_id","line"),
	CONSTRAINT "feedback_import_rows_status_check" CHECK (status in ('pending', 'recorded', 'repeated', 'unmatched', 'ambiguous', 'invalid'))
);
--> statement-breakpoint
CREATE TABLE "feedback_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"kind" text NOT NULL,
	"app_id" text,
	"name" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"wait_until" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "feedback_imports_kind_check" CHECK (kind in ('feedback', 'outcomes')),
	CONSTRAINT "feedback_imports_status_check" CHECK (status in ('pending', 'running', 'waiting', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "model_artifacts" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"version" integer NOT NULL,
	"status" text DEFAULT 'candidate' NOT NULL,
	"algorithm" text NOT NULL,
	"content" jsonb NOT NULL,
	"sha256" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"metrics" jsonb,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_artifacts_version_unique" UNIQUE("app_id","type_id","version"),
	CONSTRAINT "model_artifacts_status_check" CHECK (status in ('candidate', 'shadow', 'active', 'retired'))
);
--> statement-breakpoint
CREATE TABLE "models" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"provider" text NOT NULL,
	"api" text DEFAULT 'chat' NOT NULL,
	"model_id" text NOT NULL,
	"base_url" text,
	"secret" text,
	"may_see_personal_data" boolean DEFAULT false NOT NULL,
	"gives_token_probabilities" boolean DEFAULT false NOT NULL,
	"input_price_micros" bigint,
	"output_price_micros" bigint,
	"currency" text DEFAULT 'USD' NOT NULL,
	"timeout_ms" integer DEFAULT 30000 NOT NULL,
	"max_retries" integer DEFAULT 2 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "models_provider_check" CHECK (provider in ('openai', 'openai_compatible', 'local')),
	CONSTRAINT "models_api_check" CHECK (api in ('chat', 'responses')),
	CONSTRAINT "models_limits_check" CHECK (timeout_ms between 100 and 600000 and max_retries between 0 and 5)
);
--> statement-breakpoint
CREATE TABLE "prompt_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"prompt_id" text NOT NULL,
	"version" integer NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"model_id" text NOT NULL,
	"messages" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"activated_by" text,
	"activated_at" timestamp with time zone,
	CONSTRAINT "prompt_versions_version_unique" UNIQUE("prompt_id","version"),
	CONSTRAINT "prompt_versions_status_check" CHECK (status in ('draft', 'shadow', 'active', 'retired'))
);
--> statement-breakpoint
CREATE TABLE "prompts" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text,
	"type_id" text,
	"purpose" text NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"model_id" text NOT NULL,
	"prompt_version_id" text,
	"decision_id" text,
	"asked_by" text,
	"request_hash" text NOT NULL,
	"output" jsonb,
	"confidences" jsonb,
	"confidence" double precision,
	"input_tokens" integer,
	"output_tokens" integer,
	"cost_micros" bigint,
	"latency_ms" double precision,
	"calls" integer DEFAULT 0 NOT NULL,
	"masked" integer DEFAULT 0 NOT NULL,
	"error" text,
	"error_code" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_purpose_check" CHECK (purpose in ('decision', 'shadow', 'playground', 'experiment', 'judge', 'llm_auditor')),
	CONSTRAINT "runs_status_check" CHECK (status in ('running', 'succeeded', 'failed', 'interrupted'))
);
--> statement-breakpoint
CREATE TABLE "discrepancies" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"sides" jsonb NOT NULL,
	"pairs" text NOT NULL,
	"proposal" jsonb,
	"proposed_cause" text,
	"proposed_confidence" double precision,
	"cause" text,
	"note" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"issue_id" text,
	"ask_at" timestamp with time zone,
	"ask_tries" integer DEFAULT 0 NOT NULL,
	"ask_error" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discrepancies_status_check" CHECK (status in ('open', 'proposed', 'confirmed', 'dismissed')),
	CONSTRAINT "discrepancies_cause_check" CHECK (cause in ('input', 'context', 'inference', 'policy', 'reviewer')),
	CONSTRAINT "discrepancies_proposed_cause_check" CHECK (proposed_cause in ('input', 'context', 'inference', 'policy', 'reviewer')),
	CONSTRAINT "discrepancies_confirmed_check" CHECK (status <> 'confirmed' or (cause is not null and decided_by is not null))
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"cause" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"owner_id" text,
	"dataset_id" text,
	"closed_by_experiment_id" text,
	"closed_by" text,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issues_status_check" CHECK (status in ('open', 'closed')),
	CONSTRAINT "issues_cause_check" CHECK (cause in ('input', 'context', 'inference', 'policy', 'reviewer')),
	CONSTRAINT "issues_closed_check" CHECK (status <> 'closed' or (closed_at is not null and closed_by is not null))
);
--> statement-breakpoint
CREATE TABLE "evaluator_agreements" (
	"evaluator_id" text NOT NULL,
	"day" text NOT NULL,
	"org_id" text NOT NULL,
	"version_id" text,
	"n" integer NOT NULL,
	"agreement" double precision,
	"kappa" double precision,
	"kappa_low" double precision,
	"kappa_high" double precision,
	"bias" double precision,
	"computed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluator_agreements_pk" PRIMARY KEY("evaluator_id","day")
);
--> statement-breakpoint
CREATE TABLE "evaluator_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"type_id" text,
	"condition" text,
	"rate" double precision DEFAULT 1 NOT NULL,
	"delay_seconds" integer DEFAULT 0 NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"cursor" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluator_rules_range_check" CHECK (rate > 0 and rate <= 1 and delay_seconds between 0 and 7776000)
);
--> statement-breakpoint
CREATE TABLE "evaluator_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"version" integer NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text,
	"note" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluator_versions_version_unique" UNIQUE("evaluator_id","version")
);
--> statement-breakpoint
CREATE TABLE "evaluators" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"quality" text DEFAULT 'output' NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"version_id" text,
	"kappa_floor" double precision,
	"min_rulings" integer DEFAULT 30 NOT NULL,
	"status_why" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluators_kind_check" CHECK (kind in ('exact', 'schema', 'similarity', 'latency', 'cost', 'cel', 'llm_judge', 'http')),
	CONSTRAINT "evaluators_quality_check" CHECK (quality in ('prompt', 'context', 'output')),
	CONSTRAINT "evaluators_status_check" CHECK (status in ('active', 'demoted', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"version_id" text,
	"scorer" text DEFAULT 'evaluator' NOT NULL,
	"scored_by" text NOT NULL,
	"decision_id" text,
	"subject" text,
	"quality" text DEFAULT 'output' NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"score" double precision,
	"label" text,
	"passed" boolean,
	"rationale" text,
	"pi" double precision DEFAULT 1 NOT NULL,
	"run_id" text,
	"cost_micros" bigint,
	"latency_ms" double precision,
	"error" text,
	"run_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "scores_scorer_check" CHECK (scorer in ('evaluator', 'import', 'person')),
	CONSTRAINT "scores_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'skipped')),
	CONSTRAINT "scores_quality_check" CHECK (quality in ('prompt', 'context', 'output')),
	CONSTRAINT "scores_about_check" CHECK ((decision_id is null) <> (subject is null)),
	CONSTRAINT "scores_range_check" CHECK ((score is null or score between 0 and 1) and pi > 0 and pi <= 1)
);
--> statement-breakpoint
CREATE TABLE "dataset_items" (
	"id" text PRIMARY KEY NOT NULL,
	"version_id" text NOT NULL,
	"position" integer NOT NULL,
	"split" text NOT NULL,
	"decision_id" text,
	"subject" text NOT NULL,
	"input" jsonb NOT NULL,
	"truth" text NOT NULL,
	"expected" jsonb,
	"recorded" jsonb,
	"weight" double precision DEFAULT 1 NOT NULL,
	CONSTRAINT "dataset_items_position_unique" UNIQUE("version_id","position"),
	CONSTRAINT "dataset_items_split_check" CHECK (split in ('train', 'validation', 'test')),
	CONSTRAINT "dataset_items_truth_check" CHECK (truth in ('positive', 'negative'))
);
--> statement-breakpoint
CREATE TABLE "dataset_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"dataset_id" text NOT NULL,
	"version" integer NOT NULL,
	"status" text DEFAULT 'building' NOT NULL,
	"source" jsonb NOT NULL,
	"items" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"sha256" text,
	"error" text,
	"lease_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp with time zone,
	CONSTRAINT "dataset_versions_version_unique" UNIQUE("dataset_id","version"),
	CONSTRAINT "dataset_versions_status_check" CHECK (status in ('building', 'ready', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"purpose" text DEFAULT 'evaluation' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "datasets_purpose_check" CHECK (purpose in ('evaluation', 'regression', 'training'))
);
--> statement-breakpoint
CREATE TABLE "experiment_candidates" (
	"id" text PRIMARY KEY NOT NULL,
	"experiment_id" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"is_baseline" boolean DEFAULT false NOT NULL,
	"prompt_version_id" text,
	"artifact_id" text,
	"policy_version_id" text,
	CONSTRAINT "experiment_candidates_position_unique" UNIQUE("experiment_id","position"),
	CONSTRAINT "experiment_candidates_kind_check" CHECK (kind in ('recorded', 'prompt', 'local_model', 'policy'))
);
--> statement-breakpoint
CREATE TABLE "experiment_results" (
	"candidate_id" text NOT NULL,
	"item_id" text NOT NULL,
	"experiment_id" text NOT NULL,
	"position" integer NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"predicted" text,
	"output" jsonb,
	"confidence" double precision,
	"is_correct" boolean,
	"run_id" text,
	"cost_micros" bigint,
	"latency_ms" double precision,
	"error" text,
	"started_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	CONSTRAINT "experiment_results_pk" PRIMARY KEY("candidate_id","item_id"),
	CONSTRAINT "experiment_results_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'interrupted')),
	CONSTRAINT "experiment_results_predicted_check" CHECK (predicted in ('positive', 'negative'))
);
--> statement-breakpoint
CREATE TABLE "experiments" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"name" text NOT NULL,
	"dataset_version_id" text NOT NULL,
	"split" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"cost_cap_micros" bigint,
	"spent_micros" bigint DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"why" text,
	"margin" double precision DEFAULT 0.02 NOT NULL,
	"gate" text,
	"gate_detail" jsonb,
	"issue_id" text,
	"lease_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "experiments_status_check" CHECK (status in ('draft', 'pending', 'running', 'paused', 'done', 'failed', 'cancelled')),
	CONSTRAINT "experiments_split_check" CHECK (split in ('train', 'validation', 'test')),
	CONSTRAINT "experiments_gate_check" CHECK (gate in ('passed', 'failed', 'undecided'))
);
--> statement-breakpoint
CREATE TABLE "drift_checks" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"day" text NOT NULL,
	"feature" text NOT NULL,
	"method" text NOT NULL,
	"value" double precision NOT NULL,
	"p" double precision,
	"q" double precision,
	"n_reference" integer NOT NULL,
	"n_current" integer NOT NULL,
	"state" text NOT NULL,
	"detail" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drift_checks_method_check" CHECK (method in ('psi', 'js', 'ks', 'chi_square')),
	CONSTRAINT "drift_checks_state_check" CHECK (state in ('steady', 'suspected', 'confirmed'))
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"monitor_id" text,
	"app_id" text,
	"type_id" text,
	"severity" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"title" text NOT NULL,
	"detail" jsonb NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" timestamp with time zone,
	"resolved_by" text,
	"note" text,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "incidents_status_check" CHECK (status in ('open', 'acknowledged', 'resolved')),
	CONSTRAINT "incidents_severity_check" CHECK (severity in ('ok', 'warning', 'alert', 'no_data'))
);
--> statement-breakpoint
CREATE TABLE "monitors" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"metric" text NOT NULL,
	"app_id" text,
	"type_id" text,
	"window_minutes" integer NOT NULL,
	"comparator" text NOT NULL,
	"warn_at" double precision,
	"alert_at" double precision NOT NULL,
	"min_n" integer DEFAULT 30 NOT NULL,
	"for_looks" integer DEFAULT 1 NOT NULL,
	"cooldown_minutes" integer DEFAULT 60 NOT NULL,
	"channels" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"webhook_url" text,
	"webhook_secret" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"state" text DEFAULT 'no_data' NOT NULL,
	"streak" integer DEFAULT 0 NOT NULL,
	"pending_state" text,
	"value" double precision,
	"n" integer,
	"checked_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "monitors_comparator_check" CHECK (comparator in ('above', 'below')),
	CONSTRAINT "monitors_state_check" CHECK (state in ('ok', 'warning', 'alert', 'no_data')),
	CONSTRAINT "monitors_range_check" CHECK (window_minutes between 5 and 129600 and for_looks between 1 and 20 and cooldown_minutes >= 0 and min_n >= 1)
);
--> statement-breakpoint
CREATE TABLE "fine_tunes" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"model_id" text NOT NULL,
	"base_model" text NOT NULL,
	"export_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"settings" jsonb NOT NULL,
	"remote_file_id" text,
	"remote_job_id" text,
	"remote_status" text,
	"result_model" text,
	"result_model_id" text,
	"events" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"trained_tokens" bigint,
	"error" text,
	"cancel_asked_at" timestamp with time zone,
	"next_look_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "fine_tunes_status_check" CHECK (status in ('pending', 'uploading', 'running', 'succeeded', 'failed', 'cancelled', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "learning_export_parts" (
	"export_id" text NOT NULL,
	"part" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "learning_export_parts_pk" PRIMARY KEY("export_id","part")
);
--> statement-breakpoint
CREATE TABLE "learning_exports" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"format" text NOT NULL,
	"filter" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"cursor" text,
	"rows" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"size" bigint DEFAULT 0 NOT NULL,
	"manifest" jsonb,
	"error" text,
	"created_by" text NOT NULL,
	"lease_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "learning_exports_format_check" CHECK (format in ('sft', 'openai_dpo', 'trl_dpo', 'kto', 'reward')),
	CONSTRAINT "learning_exports_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"baseline_artifact_id" text,
	"artifact_id" text,
	"report" jsonb,
	"error" text,
	"lease_until" timestamp with time zone,
	"created_by" text NOT NULL,
	"proposed_by" text,
	"proposed_at" timestamp with time zone,
	"signed_by" text,
	"signed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "trainings_status_check" CHECK (status in ('pending', 'running', 'evaluated', 'proposed', 'signed', 'declined', 'failed')),
	CONSTRAINT "trainings_two_people_check" CHECK (signed_by is null or signed_by <> proposed_by)
);
--> statement-breakpoint
ALTER TABLE "decision_types" ADD COLUMN "segments" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "feedback" ADD COLUMN "evidence" jsonb;--> statement-breakpoint
ALTER TABLE "feedback_import_rows" ADD CONSTRAINT "feedback_import_rows_import_id_feedback_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."feedback_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_artifacts" ADD CONSTRAINT "model_artifacts_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_artifacts" ADD CONSTRAINT "model_artifacts_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_prompt_id_prompts_id_fk" FOREIGN KEY ("prompt_id") REFERENCES "public"."prompts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt_versions" ADD CONSTRAINT "prompt_versions_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompts" ADD CONSTRAINT "prompts_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_prompt_version_id_prompt_versions_id_fk" FOREIGN KEY ("prompt_version_id") REFERENCES "public"."prompt_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discrepancies" ADD CONSTRAINT "discrepancies_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discrepancies" ADD CONSTRAINT "discrepancies_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discrepancies" ADD CONSTRAINT "discrepancies_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "discrepancies" ADD CONSTRAINT "discrepancies_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_agreements" ADD CONSTRAINT "evaluator_agreements_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_rules" ADD CONSTRAINT "evaluator_rules_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluator_versions" ADD CONSTRAINT "evaluator_versions_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluators" ADD CONSTRAINT "evaluators_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_evaluator_id_evaluators_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."evaluators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_version_id_evaluator_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."evaluator_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_items" ADD CONSTRAINT "dataset_items_version_id_dataset_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."dataset_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD CONSTRAINT "dataset_versions_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "datasets" ADD CONSTRAINT "datasets_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_candidates" ADD CONSTRAINT "experiment_candidates_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_results" ADD CONSTRAINT "experiment_results_candidate_id_experiment_candidates_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."experiment_candidates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_results" ADD CONSTRAINT "experiment_results_item_id_dataset_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."dataset_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_dataset_version_id_dataset_versions_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_monitor_id_monitors_id_fk" FOREIGN KEY ("monitor_id") REFERENCES "public"."monitors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fine_tunes" ADD CONSTRAINT "fine_tunes_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fine_tunes" ADD CONSTRAINT "fine_tunes_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fine_tunes" ADD CONSTRAINT "fine_tunes_export_id_learning_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."learning_exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learning_export_parts" ADD CONSTRAINT "learning_export_parts_export_id_learning_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."learning_exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learning_exports" ADD CONSTRAINT "learning_exports_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "learning_exports" ADD CONSTRAINT "learning_exports_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feedback_import_rows_status_idx" ON "feedback_import_rows" USING btree ("import_id","status","line");--> statement-breakpoint
CREATE INDEX "feedback_imports_org_idx" ON "feedback_imports" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "feedback_imports_active_idx" ON "feedback_imports" USING btree ("org_id","id") WHERE status in ('pending', 'running', 'waiting');--> statement-breakpoint
CREATE UNIQUE INDEX "model_artifacts_active_unique" ON "model_artifacts" USING btree ("app_id","type_id") WHERE status = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "model_artifacts_shadow_unique" ON "model_artifacts" USING btree ("app_id","type_id") WHERE status = 'shadow';--> statement-breakpoint
CREATE UNIQUE INDEX "models_key_unique" ON "models" USING btree ("org_id","key") WHERE archived_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_versions_active_unique" ON "prompt_versions" USING btree ("prompt_id") WHERE status = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX "prompt_versions_shadow_unique" ON "prompt_versions" USING btree ("prompt_id") WHERE status = 'shadow';--> statement-breakpoint
CREATE UNIQUE INDEX "prompts_key_unique" ON "prompts" USING btree ("app_id","key") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "runs_app_idx" ON "runs" USING btree ("org_id","app_id","created_at","id");--> statement-breakpoint
CREATE INDEX "runs_decision_idx" ON "runs" USING btree ("decision_id") WHERE decision_id is not null;--> statement-breakpoint
CREATE INDEX "runs_asked_by_idx" ON "runs" USING btree ("asked_by") WHERE asked_by is not null;--> statement-breakpoint
CREATE INDEX "runs_running_idx" ON "runs" USING btree ("created_at") WHERE status = 'running';--> statement-breakpoint
CREATE UNIQUE INDEX "discrepancies_decision_unique" ON "discrepancies" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "discrepancies_status_idx" ON "discrepancies" USING btree ("org_id","status","id");--> statement-breakpoint
CREATE INDEX "discrepancies_app_idx" ON "discrepancies" USING btree ("org_id","app_id","status","id");--> statement-breakpoint
CREATE INDEX "discrepancies_issue_idx" ON "discrepancies" USING btree ("issue_id","id") WHERE issue_id is not null;--> statement-breakpoint
CREATE INDEX "discrepancies_ask_idx" ON "discrepancies" USING btree ("ask_at") WHERE ask_at is not null;--> statement-breakpoint
CREATE INDEX "issues_app_idx" ON "issues" USING btree ("org_id","app_id","status","id");--> statement-breakpoint
CREATE INDEX "evaluator_rules_evaluator_idx" ON "evaluator_rules" USING btree ("evaluator_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "evaluators_key_unique" ON "evaluators" USING btree ("app_id","key") WHERE status <> 'archived';--> statement-breakpoint
CREATE UNIQUE INDEX "scores_decision_unique" ON "scores" USING btree ("evaluator_id","decision_id","scored_by","version_id") WHERE decision_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "scores_subject_unique" ON "scores" USING btree ("evaluator_id","subject","scored_by") WHERE subject is not null;--> statement-breakpoint
CREATE INDEX "scores_of_decision_idx" ON "scores" USING btree ("decision_id") WHERE decision_id is not null;--> statement-breakpoint
CREATE INDEX "scores_evaluator_idx" ON "scores" USING btree ("evaluator_id","created_at","id");--> statement-breakpoint
CREATE INDEX "scores_due_idx" ON "scores" USING btree ("run_at") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "dataset_items_split_idx" ON "dataset_items" USING btree ("version_id","split","position");--> statement-breakpoint
CREATE INDEX "dataset_versions_building_idx" ON "dataset_versions" USING btree ("org_id","id") WHERE status = 'building';--> statement-breakpoint
CREATE UNIQUE INDEX "datasets_key_unique" ON "datasets" USING btree ("app_id","key") WHERE archived_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "experiment_candidates_baseline_unique" ON "experiment_candidates" USING btree ("experiment_id") WHERE is_baseline;--> statement-breakpoint
CREATE INDEX "experiment_results_open_idx" ON "experiment_results" USING btree ("experiment_id","position","candidate_id") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "experiment_results_item_idx" ON "experiment_results" USING btree ("experiment_id","position","candidate_id");--> statement-breakpoint
CREATE INDEX "experiments_app_idx" ON "experiments" USING btree ("org_id","app_id","id");--> statement-breakpoint
CREATE INDEX "experiments_active_idx" ON "experiments" USING btree ("org_id","id") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "drift_checks_unique" ON "drift_checks" USING btree ("app_id","type_id","day","feature","method");--> statement-breakpoint
CREATE INDEX "drift_checks_org_idx" ON "drift_checks" USING btree ("org_id","app_id","type_id","day");--> statement-breakpoint
CREATE INDEX "incidents_org_idx" ON "incidents" USING btree ("org_id","status","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_monitor_open_unique" ON "incidents" USING btree ("monitor_id") WHERE status <> 'resolved';--> statement-breakpoint
CREATE INDEX "monitors_org_idx" ON "monitors" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "fine_tunes_org_idx" ON "fine_tunes" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "fine_tunes_due_idx" ON "fine_tunes" USING btree ("next_look_at") WHERE status in ('pending', 'uploading', 'running');--> statement-breakpoint
CREATE INDEX "learning_exports_org_idx" ON "learning_exports" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "learning_exports_pending_idx" ON "learning_exports" USING btree ("org_id","id") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "trainings_org_idx" ON "trainings" USING btree ("org_id","app_id","id");--> statement-breakpoint
CREATE INDEX "trainings_pending_idx" ON "trainings" USING btree ("org_id","id") WHERE status in ('pending', 'running');
--> statement-breakpoint
CREATE TABLE "run_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"request" jsonb NOT NULL,
	"actor_key_id" text NOT NULL,
	"livemode" boolean NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"decision_id" text,
	"error" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "run_requests_key_unique" UNIQUE("app_id","key"),
	CONSTRAINT "run_requests_status_check" CHECK (status in ('running', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "shadow_answers" (
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"prompt_version_id" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"lease_until" timestamp with time zone,
	"predicted" text,
	"arguments" jsonb,
	"confidence" double precision,
	"run_id" text,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "shadow_answers_pk" PRIMARY KEY("prompt_version_id","decision_id"),
	CONSTRAINT "shadow_answers_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'interrupted'))
);
--> statement-breakpoint
ALTER TABLE "trainings" DROP CONSTRAINT "trainings_two_people_check";--> statement-breakpoint
ALTER TABLE "model_artifacts" ADD COLUMN "shadow_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "model_artifacts" ADD COLUMN "activated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "model_artifacts" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "fine_tunes" ADD COLUMN "result_prompt_version_id" text;--> statement-breakpoint
ALTER TABLE "learning_export_parts" ADD COLUMN "file" text NOT NULL;--> statement-breakpoint
ALTER TABLE "learning_exports" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "sources" jsonb DEFAULT '["review","audit","outcome"]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "progress" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_requests" ADD CONSTRAINT "run_requests_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_requests" ADD CONSTRAINT "run_requests_prompt_version_id_prompt_versions_id_fk" FOREIGN KEY ("prompt_version_id") REFERENCES "public"."prompt_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_answers" ADD CONSTRAINT "shadow_answers_prompt_version_id_prompt_versions_id_fk" FOREIGN KEY ("prompt_version_id") REFERENCES "public"."prompt_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_requests_running_idx" ON "run_requests" USING btree ("lease_until") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "shadow_answers_due_idx" ON "shadow_answers" USING btree ("created_at") WHERE status in ('pending', 'running');--> statement-breakpoint
ALTER TABLE "learning_export_parts" DROP CONSTRAINT "learning_export_parts_pk";
--> statement-breakpoint
ALTER TABLE "learning_export_parts" ADD CONSTRAINT "learning_export_parts_pk" PRIMARY KEY("export_id","file","part");--> statement-breakpoint
ALTER TABLE "trainings" ADD CONSTRAINT "trainings_two_people_check" CHECK (signed_by is null or (proposed_by is not null and signed_by <> proposed_by));
--> statement-breakpoint
-- What a model learned is fixed once it is stored: whoever loaded it may keep it, and its hash means something.
create function model_artifacts_guard() returns trigger language plpgsql as $$
begin
  if (new.id, new.org_id, new.app_id, new.type_id, new.version, new.algorithm, new.sha256, new.manifest, new.created_by)
      is distinct from (old.id, old.org_id, old.app_id, old.type_id, old.version, old.algorithm, old.sha256, old.manifest, old.created_by)
      or new.content is distinct from old.content then
    raise exception 'a trained model never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger model_artifacts_guard before update on model_artifacts for each row execute function model_artifacts_guard();
--> statement-breakpoint
-- Signed only after it was proposed, and what was signed or declined stays so.
create function trainings_guard() returns trigger language plpgsql as $$
begin
  if old.status in ('signed', 'declined', 'failed') and new.status <> old.status then
    raise exception 'training % is over', old.id using errcode = 'restrict_violation';
  end if;
  if new.status = 'signed' and (old.status <> 'proposed' or new.signed_by is null or new.signed_at is null) then
    raise exception 'training % was not proposed and signed', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger trainings_guard before update on trainings for each row execute function trainings_guard();
--> statement-breakpoint
-- What a prompt version says is written in its draft only: decisions and evidence name it by its number.
create function prompt_versions_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'prompt version % stays', old.id using errcode = '23514';
  end if;
  if new.prompt_id <> old.prompt_id or new.version <> old.version or new.org_id <> old.org_id
      or (old.status <> 'draft' and (new.model_id <> old.model_id or new.messages <> old.messages
        or new.settings <> old.settings or new.note <> old.note)) then
    raise exception 'prompt version %: what it says stays as it was when it left the draft', old.id using errcode = '23514';
  end if;
  if new.status = 'draft' and old.status <> 'draft' then
    raise exception 'prompt version % does not become a draft again', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger prompt_versions_guard before update or delete on prompt_versions
  for each row execute function prompt_versions_guard();
--> statement-breakpoint
-- A run that is over stays as it is; only what its answer was worth is added by whoever asked.
create function runs_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'run % stays', old.id using errcode = '23514';
  end if;
  if new.purpose <> old.purpose or new.model_id <> old.model_id or new.request_hash <> old.request_hash
      or new.prompt_version_id is distinct from old.prompt_version_id
      or (old.decision_id is not null and new.decision_id is distinct from old.decision_id)
      or (old.status <> 'running' and (new.status <> old.status or new.output is distinct from old.output
        or new.cost_micros is distinct from old.cost_micros)) then
    raise exception 'run %: what was asked and answered stays', old.id using errcode = '23514';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger runs_guard before update or delete on runs for each row execute function runs_guard();
--> statement-breakpoint
CREATE TABLE "feedback_links" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "llm_auditors" (
	"app_id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"mode" text NOT NULL,
	"model_id" text,
	"instructions" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "llm_auditors_mode_check" CHECK (mode in ('rules', 'model', 'off')),
	CONSTRAINT "llm_auditors_model_check" CHECK (mode <> 'model' or model_id is not null)
);
--> statement-breakpoint
ALTER TABLE "feedback_imports" DROP CONSTRAINT "feedback_imports_status_check";--> statement-breakpoint
DROP INDEX "feedback_imports_active_idx";--> statement-breakpoint
ALTER TABLE "feedback" ADD COLUMN "link_id" text;--> statement-breakpoint
ALTER TABLE "feedback" ADD COLUMN "replaced_by" text;--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD COLUMN "format" text NOT NULL;--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD COLUMN "size" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD COLUMN "cursor" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "discrepancies" ADD COLUMN "truth" text;--> statement-breakpoint
ALTER TABLE "feedback_links" ADD CONSTRAINT "feedback_links_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_auditors" ADD CONSTRAINT "llm_auditors_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_auditors" ADD CONSTRAINT "llm_auditors_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "feedback_links_decision_idx" ON "feedback_links" USING btree ("decision_id","id");--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_link_id_feedback_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."feedback_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_link_standing_unique" ON "feedback" USING btree ("link_id") WHERE link_id is not null and replaced_by is null;--> statement-breakpoint
CREATE INDEX "feedback_imports_active_idx" ON "feedback_imports" USING btree ("org_id","id") WHERE status in ('receiving', 'pending', 'running', 'waiting');--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD CONSTRAINT "feedback_imports_format_check" CHECK (format in ('csv', 'jsonl'));--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD CONSTRAINT "feedback_imports_status_check" CHECK (status in ('receiving', 'pending', 'running', 'waiting', 'done', 'failed', 'cancelled'));--> statement-breakpoint
ALTER TABLE "discrepancies" ADD CONSTRAINT "discrepancies_truth_check" CHECK (truth in ('positive', 'negative'));
--> statement-breakpoint
DROP INDEX "scores_decision_unique";--> statement-breakpoint
DROP INDEX "scores_subject_unique";--> statement-breakpoint
ALTER TABLE "evaluators" ADD COLUMN "measured_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_once_unique" UNIQUE NULLS NOT DISTINCT("evaluator_id","decision_id","subject","scored_by","version_id","quality");
--> statement-breakpoint
ALTER TABLE "monitors" DROP CONSTRAINT "monitors_range_check";--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "event_id" text;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "hysteresis" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_event_unique" ON "incidents" USING btree ("org_id","event_id") WHERE event_id is not null;--> statement-breakpoint
ALTER TABLE "monitors" ADD CONSTRAINT "monitors_range_check" CHECK (window_minutes between 5 and 129600 and for_looks between 1 and 20 and cooldown_minutes >= 0 and min_n >= 1 and hysteresis >= 0);
--> statement-breakpoint
ALTER TABLE "dataset_items" ADD COLUMN "text_hash" text;--> statement-breakpoint
ALTER TABLE "dataset_items" ADD COLUMN "sha256" text NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_versions" ADD COLUMN "left_out" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "experiment_results" ADD COLUMN "reserved_micros" bigint;--> statement-breakpoint
ALTER TABLE "experiments" ADD COLUMN "summary" jsonb;
--> statement-breakpoint
ALTER TABLE "evaluator_agreements" ADD COLUMN "agreement_low" double precision;--> statement-breakpoint
ALTER TABLE "evaluator_agreements" ADD COLUMN "agreement_high" double precision;
--> statement-breakpoint
CREATE INDEX "scores_done_idx" ON "scores" USING btree ("evaluator_id","done_at");--> statement-breakpoint
CREATE INDEX "scores_subject_idx" ON "scores" USING btree ("evaluator_id","subject") WHERE subject is not null;
--> statement-breakpoint
ALTER TABLE "feedback_imports" ADD COLUMN "tally" jsonb;
--> statement-breakpoint
DROP INDEX "decisions_created_idx";--> statement-breakpoint
CREATE INDEX "decisions_created_idx" ON "decisions" USING btree ("org_id","created_at","app_id","type_id","prompt_version","route","pi_label","measure","predicted","confidence");
--> statement-breakpoint
CREATE INDEX "runs_page_idx" ON "runs" USING btree ("org_id","app_id","id");
