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