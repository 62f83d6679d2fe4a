CREATE SEQUENCE "public"."fence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"type" text NOT NULL,
	"decision_id" text,
	"subject" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"org_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"entry" text NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "journal_pk" PRIMARY KEY("org_id","seq")
);
--> statement-breakpoint
CREATE TABLE "journal_heads" (
	"org_id" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"prev" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgs" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "settings_pk" PRIMARY KEY("org_id","key")
);
--> statement-breakpoint
CREATE TABLE "stops" (
	"org_id" text NOT NULL,
	"scope" text NOT NULL,
	"scope_id" text NOT NULL,
	"active" boolean DEFAULT false NOT NULL,
	"reason" text,
	"changed_by" text,
	"changed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stops_pk" PRIMARY KEY("org_id","scope","scope_id"),
	CONSTRAINT "stops_scope_check" CHECK (scope in ('global', 'app'))
);
--> statement-breakpoint
CREATE TABLE "apps" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"owner_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "apps_key_unique" UNIQUE("org_id","key")
);
--> statement-breakpoint
CREATE TABLE "autonomies" (
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"level" text DEFAULT 'review_all' NOT NULL,
	"threshold" double precision,
	"decline_threshold" double precision,
	"audit_rate" double precision DEFAULT 0.1 NOT NULL,
	"amount_cap" bigint,
	"sla_minutes" integer DEFAULT 240 NOT NULL,
	"on_timeout" text DEFAULT 'escalate' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_by" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "autonomies_pk" PRIMARY KEY("app_id","type_id"),
	CONSTRAINT "autonomies_level_check" CHECK (level in ('shadow', 'review_all', 'auto')),
	CONSTRAINT "autonomies_on_timeout_check" CHECK (on_timeout in ('decline', 'escalate', 'hold')),
	CONSTRAINT "autonomies_range_check" CHECK ((threshold is null or threshold between 0 and 1) and (decline_threshold is null or decline_threshold between 0 and 1) and audit_rate between 0 and 1 and sla_minutes > 0)
);
--> statement-breakpoint
CREATE TABLE "connector_actions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"connector_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connector_actions_key_unique" UNIQUE("connector_id","key")
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"class" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connectors_key_unique" UNIQUE("org_id","key"),
	CONSTRAINT "connectors_kind_check" CHECK (kind in ('http')),
	CONSTRAINT "connectors_class_check" CHECK (class in ('A', 'B', 'C'))
);
--> statement-breakpoint
CREATE TABLE "decision_types" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"input_schema" jsonb NOT NULL,
	"arguments_schema" jsonb NOT NULL,
	"action_id" text,
	"queue_id" text NOT NULL,
	"reversibility" text NOT NULL,
	"cost_wrong_yes" bigint DEFAULT 0 NOT NULL,
	"cost_wrong_no" bigint DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"amount_pointer" text,
	"currency_pointer" text,
	"summary_template" text DEFAULT '' NOT NULL,
	"decline_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "decision_types_key_unique" UNIQUE("org_id","key"),
	CONSTRAINT "decision_types_reversibility_check" CHECK (reversibility in ('reversible', 'compensable', 'irreversible'))
);
--> statement-breakpoint
CREATE TABLE "queues" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"lease_seconds" integer DEFAULT 900 NOT NULL,
	"undo_seconds" integer DEFAULT 5 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "queues_key_unique" UNIQUE("org_id","key")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"kind" text NOT NULL,
	"app_id" text,
	"user_id" text,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"livemode" boolean NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_prefix_unique" UNIQUE("prefix"),
	CONSTRAINT "api_keys_kind_check" CHECK (kind in ('app', 'personal')),
	CONSTRAINT "api_keys_owner_check" CHECK ((kind = 'app' and app_id is not null and user_id is null) or (kind = 'personal' and user_id is not null and app_id is null))
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "invitations_role_check" CHECK (role in ('reviewer', 'auditor', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "one_time_tokens" (
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "one_time_tokens_pk" PRIMARY KEY("purpose","token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"sid_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"role_version" integer NOT NULL,
	"auth_method" text NOT NULL,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_tries" (
	"key" text PRIMARY KEY NOT NULL,
	"tries" integer NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wait_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"oidc_subject" text,
	"role_version" integer DEFAULT 1 NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("org_id","email"),
	CONSTRAINT "users_oidc_subject_unique" UNIQUE("oidc_subject"),
	CONSTRAINT "users_role_check" CHECK (role in ('reviewer', 'auditor', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"external_id" text,
	"idempotency_key" text,
	"request_hash" text NOT NULL,
	"subject_type" text,
	"subject_id" text,
	"input" jsonb NOT NULL,
	"context" jsonb,
	"arguments" jsonb NOT NULL,
	"predicted" text NOT NULL,
	"rationale" text,
	"confidence" double precision,
	"model" jsonb,
	"prompt_version" text,
	"amount" bigint,
	"currency" text,
	"metadata" jsonb,
	"livemode" boolean NOT NULL,
	"status" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"route" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"level" text NOT NULL,
	"threshold" double precision,
	"pi_label" double precision NOT NULL,
	"pi_ref" double precision NOT NULL,
	"draw_u" double precision NOT NULL,
	"audit_drawn" boolean NOT NULL,
	"audit_pending" boolean NOT NULL,
	"edited_arguments" jsonb,
	"action_digest" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"truth" text,
	"truth_source" text,
	"truth_pi" double precision,
	"submitted_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "decisions_status_check" CHECK (status in ('in_review', 'awaiting_second', 'approved', 'declined', 'expired', 'cancelled', 'superseded', 'recorded')),
	CONSTRAINT "decisions_route_check" CHECK (route in ('execute', 'review', 'decline', 'shadow')),
	CONSTRAINT "decisions_predicted_check" CHECK (predicted in ('positive', 'negative')),
	CONSTRAINT "decisions_level_check" CHECK (level in ('shadow', 'review_all', 'auto')),
	CONSTRAINT "decisions_truth_check" CHECK (truth in ('positive', 'negative')),
	CONSTRAINT "decisions_truth_source_check" CHECK (truth_source in ('review', 'audit', 'outcome')),
	CONSTRAINT "decisions_truth_whole_check" CHECK ((truth is null) = (truth_source is null) and (truth is null) = (truth_pi is null)),
	CONSTRAINT "decisions_confidence_check" CHECK (confidence is null or confidence between 0 and 1),
	CONSTRAINT "decisions_propensity_check" CHECK (pi_label > 0 and pi_label <= 1 and pi_ref > 0 and pi_ref <= 1),
	CONSTRAINT "decisions_digest_check" CHECK (status <> 'approved' or action_digest is not null)
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"source" text NOT NULL,
	"truth" text NOT NULL,
	"pi_label" double precision NOT NULL,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labels_source_check" CHECK (source in ('review', 'audit', 'outcome')),
	CONSTRAINT "labels_truth_check" CHECK (truth in ('positive', 'negative')),
	CONSTRAINT "labels_propensity_check" CHECK (pi_label > 0 and pi_label <= 1)
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"queue_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"kind" text DEFAULT 'approval' NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() + interval '4 hours' NOT NULL,
	"timed_out_at" timestamp with time zone,
	"escalation_level" integer DEFAULT 0 NOT NULL,
	"claimed_by" text,
	"claimed_at" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"snoozed_until" timestamp with time zone,
	"staged_verdict" text,
	"staged_by" text,
	"staged_at" timestamp with time zone,
	"effective_at" timestamp with time zone,
	"verdict" text,
	"edited_arguments" jsonb,
	"reason_code" text,
	"note" text,
	"resolved_by" text,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reviews_status_check" CHECK (status in ('open', 'claimed', 'snoozed', 'resolved', 'expired', 'cancelled')),
	CONSTRAINT "reviews_kind_check" CHECK (kind in ('approval', 'second', 'appeal', 'reconcile', 'discrepancy')),
	CONSTRAINT "reviews_verdict_check" CHECK (verdict in ('approve', 'edit', 'decline', 'respond')),
	CONSTRAINT "reviews_staged_verdict_check" CHECK (staged_verdict in ('approve', 'edit', 'decline', 'respond')),
	CONSTRAINT "reviews_resolved_check" CHECK ((status = 'resolved') = (verdict is not null))
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"execution_id" text NOT NULL,
	"kind" text NOT NULL,
	"attempt" integer NOT NULL,
	"fence" bigint NOT NULL,
	"worker_id" text NOT NULL,
	"outcome" text NOT NULL,
	"request" jsonb,
	"response_status" integer,
	"response_body" text,
	"error" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "attempts_kind_check" CHECK (kind in ('send', 'lookup')),
	CONSTRAINT "attempts_outcome_check" CHECK (outcome in ('intent', 'succeeded', 'refused', 'not_sent', 'ambiguous', 'found', 'absent', 'stale'))
);
--> statement-breakpoint
CREATE TABLE "executions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"app_id" text NOT NULL,
	"connector_id" text,
	"action_id" text,
	"connector_class" text,
	"connector_version" integer,
	"kind" text DEFAULT 'action' NOT NULL,
	"action_key" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"action_digest" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"max_attempts" integer DEFAULT 8 NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"worker_id" text,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"first_sent_at" timestamp with time zone,
	"last_sent_at" timestamp with time zone,
	"absent_fence" bigint,
	"settled_at" timestamp with time zone,
	"external_reference" text,
	"result" jsonb,
	"last_error" text,
	"needs_person" boolean DEFAULT false NOT NULL,
	"execute_before" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "executions_status_check" CHECK (status in ('pending', 'in_flight', 'succeeded', 'failed', 'unknown', 'dead', 'disputed', 'cancelled')),
	CONSTRAINT "executions_kind_check" CHECK (kind in ('action', 'compensate'))
);
--> statement-breakpoint
CREATE TABLE "audits" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"pi_label" double precision NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"due_at" timestamp with time zone,
	"claimed_by" text,
	"lease_until" timestamp with time zone,
	"blind_answer" text,
	"blind_at" timestamp with time zone,
	"judgement" text,
	"cause" text,
	"note" text,
	"judged_by" text,
	"judged_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audits_status_check" CHECK (status in ('open', 'claimed', 'done', 'expired')),
	CONSTRAINT "audits_judgement_check" CHECK (judgement in ('correct', 'incorrect', 'borderline')),
	CONSTRAINT "audits_blind_first_check" CHECK (judgement is null or blind_answer is not null),
	CONSTRAINT "audits_done_check" CHECK ((status = 'done') = (judgement is not null))
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"source" text NOT NULL,
	"vote" text,
	"score" double precision,
	"text" text,
	"correction" jsonb,
	"cause" text,
	"actor" text NOT NULL,
	"idempotency_key" text,
	"request_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feedback_source_check" CHECK (source in ('reviewer', 'auditor', 'customer', 'llm_auditor', 'system_of_record')),
	CONSTRAINT "feedback_vote_check" CHECK (vote in ('up', 'down')),
	CONSTRAINT "feedback_cause_check" CHECK (cause in ('input', 'context', 'inference', 'policy', 'reviewer'))
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"truth" text NOT NULL,
	"source" text DEFAULT 'system_of_record' NOT NULL,
	"detail" text,
	"occurred_at" timestamp with time zone,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outcomes_source_check" CHECK (source in ('reviewer', 'auditor', 'customer', 'llm_auditor', 'system_of_record')),
	CONSTRAINT "outcomes_truth_check" CHECK (truth in ('positive', 'negative'))
);
--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_heads" ADD CONSTRAINT "journal_heads_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settings" ADD CONSTRAINT "settings_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apps" ADD CONSTRAINT "apps_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autonomies" ADD CONSTRAINT "autonomies_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autonomies" ADD CONSTRAINT "autonomies_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connector_actions" ADD CONSTRAINT "connector_actions_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connectors" ADD CONSTRAINT "connectors_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_types" ADD CONSTRAINT "decision_types_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_types" ADD CONSTRAINT "decision_types_action_id_connector_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."connector_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_types" ADD CONSTRAINT "decision_types_queue_id_queues_id_fk" FOREIGN KEY ("queue_id") REFERENCES "public"."queues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "queues" ADD CONSTRAINT "queues_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_queue_id_queues_id_fk" FOREIGN KEY ("queue_id") REFERENCES "public"."queues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_execution_id_executions_id_fk" FOREIGN KEY ("execution_id") REFERENCES "public"."executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executions" ADD CONSTRAINT "executions_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executions" ADD CONSTRAINT "executions_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executions" ADD CONSTRAINT "executions_action_id_connector_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."connector_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audits" ADD CONSTRAINT "audits_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback" ADD CONSTRAINT "feedback_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_decision_id_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_decision_idx" ON "events" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "journal_subject_idx" ON "journal" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "autonomies_org_idx" ON "autonomies" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "sessions_user_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_idempotency_key_unique" ON "decisions" USING btree ("org_id","app_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_external_id_unique" ON "decisions" USING btree ("org_id","app_id","external_id") WHERE external_id is not null;--> statement-breakpoint
CREATE INDEX "decisions_created_idx" ON "decisions" USING btree ("org_id","created_at","app_id","type_id","prompt_version","route","pi_label");--> statement-breakpoint
CREATE INDEX "decisions_labelled_idx" ON "decisions" USING btree ("org_id","created_at","app_id","type_id","prompt_version","route","status","predicted","confidence","threshold","truth","truth_source","truth_pi","id") WHERE truth is not null;--> statement-breakpoint
CREATE INDEX "decisions_ruled_idx" ON "decisions" USING btree ("org_id","created_at","app_id","type_id","prompt_version","status","predicted","confidence","decided_at") WHERE route = 'review' and status in ('approved', 'declined') and decided_by like 'user:%';--> statement-breakpoint
CREATE INDEX "decisions_uncommon_idx" ON "decisions" USING btree ("org_id","status","created_at","app_id","type_id") WHERE status not in ('approved', 'recorded') and (status <> 'declined' or route <> 'decline');--> statement-breakpoint
CREATE INDEX "decisions_subject_idx" ON "decisions" USING btree ("org_id","subject_type","subject_id") WHERE subject_id is not null;--> statement-breakpoint
CREATE INDEX "decisions_expiry_idx" ON "decisions" USING btree ("expires_at") WHERE expires_at is not null and status in ('in_review', 'awaiting_second');--> statement-breakpoint
CREATE INDEX "decisions_audit_pending_idx" ON "decisions" USING btree ("id") WHERE audit_pending;--> statement-breakpoint
CREATE UNIQUE INDEX "labels_decision_source_unique" ON "labels" USING btree ("decision_id","source");--> statement-breakpoint
CREATE INDEX "labels_created_idx" ON "labels" USING btree ("org_id","created_at");--> statement-breakpoint
CREATE INDEX "labels_audit_idx" ON "labels" USING btree ("org_id","decision_id","truth","pi_label") WHERE source = 'audit';--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_one_live_per_decision" ON "reviews" USING btree ("decision_id","kind") WHERE status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
CREATE INDEX "reviews_open_idx" ON "reviews" USING btree ("org_id","due_at","id") WHERE status in ('open', 'claimed', 'snoozed');--> statement-breakpoint
CREATE INDEX "reviews_closed_idx" ON "reviews" USING btree ("org_id","resolved_at","id") WHERE resolved_at is not null;--> statement-breakpoint
CREATE INDEX "reviews_closed_app_idx" ON "reviews" USING btree ("org_id","app_id","resolved_at","id") WHERE resolved_at is not null;--> statement-breakpoint
CREATE INDEX "reviews_held_idx" ON "reviews" USING btree ("claimed_by") WHERE status = 'claimed';--> statement-breakpoint
CREATE INDEX "reviews_snoozed_idx" ON "reviews" USING btree ("org_id","snoozed_until") WHERE status = 'snoozed';--> statement-breakpoint
CREATE INDEX "reviews_staged_idx" ON "reviews" USING btree ("effective_at") WHERE staged_verdict is not null and verdict is null;--> statement-breakpoint
CREATE INDEX "reviews_decision_idx" ON "reviews" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "attempts_execution_idx" ON "attempts" USING btree ("execution_id");--> statement-breakpoint
CREATE UNIQUE INDEX "executions_one_action_per_decision" ON "executions" USING btree ("decision_id") WHERE kind = 'action';--> statement-breakpoint
CREATE UNIQUE INDEX "executions_action_key_unique" ON "executions" USING btree ("action_key");--> statement-breakpoint
CREATE INDEX "executions_ready_idx" ON "executions" USING btree ("app_id","next_at") WHERE status in ('pending', 'unknown') and not needs_person;--> statement-breakpoint
CREATE INDEX "executions_lease_idx" ON "executions" USING btree ("lease_until") WHERE status = 'in_flight';--> statement-breakpoint
CREATE INDEX "executions_attention_idx" ON "executions" USING btree ("org_id","id") WHERE status in ('unknown', 'dead', 'disputed') or (status = 'pending' and last_error is not null);--> statement-breakpoint
CREATE INDEX "executions_ended_badly_idx" ON "executions" USING btree ("org_id","status","id") WHERE status in ('failed', 'cancelled');--> statement-breakpoint
CREATE UNIQUE INDEX "audits_decision_unique" ON "audits" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "audits_open_idx" ON "audits" USING btree ("org_id","id") WHERE status in ('open', 'claimed');--> statement-breakpoint
CREATE INDEX "audits_done_idx" ON "audits" USING btree ("org_id","id") WHERE status = 'done';--> statement-breakpoint
CREATE INDEX "audits_judged_idx" ON "audits" USING btree ("org_id","judged_by","judged_at") WHERE status = 'done';--> statement-breakpoint
CREATE INDEX "feedback_decision_idx" ON "feedback" USING btree ("decision_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_idempotency_key_unique" ON "feedback" USING btree ("org_id","actor","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "outcomes_decision_idx" ON "outcomes" USING btree ("decision_id","id");