CREATE TABLE "user_settings" (
	"user_id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"skills" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"away_until" timestamp with time zone,
	"keymap" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"notifications" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"type_id" text,
	"queue_id" text,
	"min_amount" bigint,
	"stages" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"updated_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"review_id" text NOT NULL,
	"stage" integer NOT NULL,
	"actor" text NOT NULL,
	"on_behalf_of" text,
	"delegation_id" text,
	"verdict" text NOT NULL,
	"digest" text,
	"break_glass" text,
	"voided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approvals_verdict_check" CHECK (verdict in ('approve', 'edit', 'decline', 'respond'))
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"from_user" text NOT NULL,
	"to_user" text NOT NULL,
	"queue_id" text,
	"reason" text NOT NULL,
	"starts_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measures" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"kind" text NOT NULL,
	"queue_id" text NOT NULL,
	"source_decision_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"review_id" text NOT NULL,
	"expected" text NOT NULL,
	"first_reviewer" text,
	"reviewer" text,
	"verdict" text,
	"dwell_ms" integer,
	"answered_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"author" text NOT NULL,
	"text" text NOT NULL,
	"mentions" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "precedents" (
	"decision_id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"type_id" text NOT NULL,
	"app_id" text NOT NULL,
	"subject_type" text,
	"subject_id" text,
	"verdict" text NOT NULL,
	"reason_code" text,
	"amount" bigint,
	"words" text NOT NULL,
	"ruled_at" timestamp with time zone NOT NULL,
	CONSTRAINT "precedents_verdict_check" CHECK (verdict in ('approve', 'edit', 'decline', 'respond'))
);
--> statement-breakpoint
CREATE TABLE "queue_members" (
	"queue_id" text NOT NULL,
	"user_id" text NOT NULL,
	"org_id" text NOT NULL,
	"lead" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "queue_members_pk" PRIMARY KEY("queue_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"owner_id" text NOT NULL,
	"page" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_name_unique" UNIQUE("owner_id","page","name")
);
--> statement-breakpoint
CREATE TABLE "audit_judgements" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"audit_id" text NOT NULL,
	"auditor" text NOT NULL,
	"lease_until" timestamp with time zone,
	"blind_answer" text,
	"blind_at" timestamp with time zone,
	"judgement" text,
	"cause" text,
	"rubric" jsonb,
	"note" text,
	"adjudication" boolean DEFAULT false NOT NULL,
	"judged_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_judgements_judgement_check" CHECK (judgement in ('correct', 'incorrect', 'borderline')),
	CONSTRAINT "audit_judgements_blind_first_check" CHECK (judgement is null or blind_answer is not null)
);
--> statement-breakpoint
CREATE TABLE "rubrics" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"keys" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sampling_plans" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"spec" jsonb NOT NULL,
	"judges_needed" integer DEFAULT 1 NOT NULL,
	"rubric_id" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"drawn_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appeal_files" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"appeal_id" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"status" text DEFAULT 'offered' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"statement" text,
	"contact" text,
	"submitted_at" timestamp with time zone,
	"review_id" text,
	"due_at" timestamp with time zone,
	"answer" text,
	"closed_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appeals_status_check" CHECK (status in ('offered', 'submitted', 'upheld', 'overturned', 'expired', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "notification_channels" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_channels_kind_check" CHECK (kind in ('email', 'slack'))
);
--> statement-breakpoint
CREATE TABLE "notification_deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"channel_id" text,
	"user_id" text,
	"kind" text NOT NULL,
	"notification_ids" jsonb NOT NULL,
	"content" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp with time zone,
	"error" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_deliveries_status_check" CHECK (status in ('pending', 'sent', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"href" text NOT NULL,
	"decision_id" text,
	"dedupe_key" text NOT NULL,
	"read_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"filter" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"cursor" text,
	"rows" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"size" bigint DEFAULT 0 NOT NULL,
	"error" text,
	"created_by" text NOT NULL,
	"lease_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "exports_kind_check" CHECK (kind in ('decisions', 'reviews', 'audits', 'executions')),
	CONSTRAINT "exports_format_check" CHECK (format in ('csv', 'jsonl')),
	CONSTRAINT "exports_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "export_parts" (
	"export_id" text NOT NULL,
	"part" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "export_parts_pk" PRIMARY KEY("export_id","part")
);
--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "rule" text;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "position" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "order_by" text DEFAULT 'sla' NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "sla_minutes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "on_timeout" text;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "escalate_to_id" text;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "verdicts" jsonb;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "decline_reasons" jsonb;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "load_cap" integer;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "auto_assign" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "skills" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "blind_rate" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "gold_rate" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "double_rate" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "dwell_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "dwell_amount" bigint;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "queues" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "measure" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "severity" text;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "expected_loss" double precision;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "warned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "stage" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "approvals_needed" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "approval_rule" jsonb;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "excluded" jsonb;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "blind" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "judges_needed" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "plan_id" text;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "stratum" text;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "disputed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "adjudicated_by" text;--> statement-breakpoint
ALTER TABLE "user_settings" ADD CONSTRAINT "user_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_judgements" ADD CONSTRAINT "audit_judgements_audit_id_audits_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal_files" ADD CONSTRAINT "appeal_files_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_parts" ADD CONSTRAINT "export_parts_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approval_rules_org_idx" ON "approval_rules" USING btree ("org_id","position");--> statement-breakpoint
CREATE INDEX "approvals_decision_idx" ON "approvals" USING btree ("decision_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_one_per_person" ON "approvals" USING btree ("decision_id","actor") WHERE voided_at is null;--> statement-breakpoint
CREATE INDEX "delegations_to_idx" ON "delegations" USING btree ("to_user");--> statement-breakpoint
CREATE INDEX "delegations_from_idx" ON "delegations" USING btree ("from_user");--> statement-breakpoint
CREATE UNIQUE INDEX "measures_decision_unique" ON "measures" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "measures_queue_idx" ON "measures" USING btree ("org_id","queue_id","created_at");--> statement-breakpoint
CREATE INDEX "measures_reviewer_idx" ON "measures" USING btree ("org_id","reviewer","answered_at");--> statement-breakpoint
CREATE INDEX "measures_source_idx" ON "measures" USING btree ("source_decision_id");--> statement-breakpoint
CREATE INDEX "notes_decision_idx" ON "notes" USING btree ("decision_id","id");--> statement-breakpoint
CREATE INDEX "precedents_type_idx" ON "precedents" USING btree ("org_id","type_id","ruled_at");--> statement-breakpoint
CREATE INDEX "queue_members_user_idx" ON "queue_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_judgements_one_per_auditor" ON "audit_judgements" USING btree ("audit_id","auditor");--> statement-breakpoint
CREATE INDEX "audit_judgements_auditor_idx" ON "audit_judgements" USING btree ("org_id","auditor","judged_at");--> statement-breakpoint
CREATE INDEX "sampling_plans_org_idx" ON "sampling_plans" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "appeal_files_appeal_idx" ON "appeal_files" USING btree ("appeal_id");--> statement-breakpoint
CREATE UNIQUE INDEX "appeals_token_hash_unique" ON "appeals" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "appeals_decision_idx" ON "appeals" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "appeals_open_idx" ON "appeals" USING btree ("org_id","due_at") WHERE status = 'submitted';--> statement-breakpoint
CREATE INDEX "notification_deliveries_due_idx" ON "notification_deliveries" USING btree ("org_id","not_before") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "notification_deliveries_org_idx" ON "notification_deliveries" USING btree ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_dedupe_unique" ON "notifications" USING btree ("user_id","dedupe_key");--> statement-breakpoint
CREATE INDEX "notifications_user_idx" ON "notifications" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "notifications_unread_idx" ON "notifications" USING btree ("user_id","id") WHERE read_at is null;--> statement-breakpoint
CREATE INDEX "exports_creator_idx" ON "exports" USING btree ("org_id","created_by","id");--> statement-breakpoint
CREATE INDEX "exports_pending_idx" ON "exports" USING btree ("org_id","id") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "reviews_queue_due_idx" ON "reviews" USING btree ("queue_id","due_at","id") WHERE status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
CREATE INDEX "reviews_queue_loss_idx" ON "reviews" USING btree ("queue_id","expected_loss" DESC NULLS LAST,"id") WHERE expected_loss is not null and status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
ALTER TABLE "queues" ADD CONSTRAINT "queues_order_check" CHECK (order_by in ('sla', 'expected_loss', 'oldest'));--> statement-breakpoint
ALTER TABLE "queues" ADD CONSTRAINT "queues_on_timeout_check" CHECK (on_timeout in ('decline', 'escalate', 'hold'));--> statement-breakpoint
ALTER TABLE "queues" ADD CONSTRAINT "queues_range_check" CHECK (blind_rate between 0 and 1 and gold_rate between 0 and 1 and double_rate between 0 and 1
        and dwell_seconds >= 0 and lease_seconds > 0 and undo_seconds between 0 and 30 and (load_cap is null or load_cap > 0));--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_severity_check" CHECK (severity in ('low', 'medium', 'high'));