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