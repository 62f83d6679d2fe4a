CREATE TABLE "budget_reservations" (
	"execution_id" text NOT NULL,
	"budget_id" text NOT NULL,
	"bucket" text DEFAULT '' NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"amount" bigint NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "budget_reservations_pk" PRIMARY KEY("execution_id","budget_id")
);
--> statement-breakpoint
CREATE TABLE "budget_usage" (
	"budget_id" text NOT NULL,
	"bucket" text DEFAULT '' NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "budget_usage_pk" PRIMARY KEY("budget_id","bucket","window_start")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"scope" text NOT NULL,
	"scope_id" text NOT NULL,
	"period" text NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"max_amount" bigint,
	"max_count" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "budgets_scope_unique" UNIQUE("org_id","scope","scope_id","period","currency"),
	CONSTRAINT "budgets_scope_check" CHECK (scope in ('app', 'connector', 'type', 'subject')),
	CONSTRAINT "budgets_period_check" CHECK (period in ('hour', 'day')),
	CONSTRAINT "budgets_limit_check" CHECK ((max_amount is not null and currency <> '') or max_count is not null)
);
--> statement-breakpoint
CREATE TABLE "callbacks" (
	"connector_id" text NOT NULL,
	"message_id" text NOT NULL,
	"org_id" text NOT NULL,
	"execution_id" text,
	"body" jsonb NOT NULL,
	"effect" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "callbacks_pk" PRIMARY KEY("connector_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "certifications" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"connector_id" text NOT NULL,
	"action_id" text NOT NULL,
	"connector_version" integer NOT NULL,
	"status" text NOT NULL,
	"checks" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "certifications_status_check" CHECK (status in ('running', 'passed', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "connector_paces" (
	"connector_id" text PRIMARY KEY NOT NULL,
	"tokens" integer NOT NULL,
	"filled_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"connector_id" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"matched" integer DEFAULT 0 NOT NULL,
	"findings" jsonb NOT NULL,
	"error" text,
	"requested_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "stops" DROP CONSTRAINT "stops_scope_check";--> statement-breakpoint
ALTER TABLE "connectors" DROP CONSTRAINT "connectors_kind_check";--> statement-breakpoint
ALTER TABLE "attempts" DROP CONSTRAINT "attempts_kind_check";--> statement-breakpoint
ALTER TABLE "attempts" DROP CONSTRAINT "attempts_outcome_check";--> statement-breakpoint
DROP INDEX "executions_one_action_per_decision";--> statement-breakpoint
ALTER TABLE "connectors" ADD COLUMN "callback_secret" text;--> statement-breakpoint
ALTER TABLE "connectors" ADD COLUMN "created_by" text;--> statement-breakpoint
ALTER TABLE "decision_types" ADD COLUMN "approval_ttl_minutes" integer DEFAULT 1440 NOT NULL;--> statement-breakpoint
ALTER TABLE "decision_types" ADD COLUMN "compensation" jsonb;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "approval_nonce" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "approval_expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "approvals" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "observed" jsonb;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "observed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "compensates_id" text;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "assigned_to" text;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "returned" jsonb;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "approval_nonce" text;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "amount" bigint;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "expected_state" jsonb;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "left_state" jsonb;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "held_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "retry_asked_by" text;--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD CONSTRAINT "budget_reservations_execution_id_executions_id_fk" FOREIGN KEY ("execution_id") REFERENCES "public"."executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_reservations" ADD CONSTRAINT "budget_reservations_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_usage" ADD CONSTRAINT "budget_usage_budget_id_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "public"."budgets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budgets" ADD CONSTRAINT "budgets_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "callbacks" ADD CONSTRAINT "callbacks_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "certifications_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certifications" ADD CONSTRAINT "certifications_action_id_connector_actions_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."connector_actions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connector_paces" ADD CONSTRAINT "connector_paces_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reconciliations" ADD CONSTRAINT "reconciliations_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "certifications_action_idx" ON "certifications" USING btree ("action_id","created_at");--> statement-breakpoint
CREATE INDEX "reconciliations_connector_idx" ON "reconciliations" USING btree ("connector_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_compensates_unique" ON "decisions" USING btree ("compensates_id") WHERE compensates_id is not null and status not in ('declined', 'expired', 'cancelled', 'superseded');--> statement-breakpoint
CREATE UNIQUE INDEX "executions_one_action_per_decision" ON "executions" USING btree ("decision_id") WHERE kind = 'action' and status <> 'cancelled';--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_scope_check" CHECK (scope in ('global', 'app', 'type', 'connector'));--> statement-breakpoint
ALTER TABLE "connectors" ADD CONSTRAINT "connectors_kind_check" CHECK (kind in ('http', 'webhook', 'mcp', 'email'));--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_kind_check" CHECK (kind in ('send', 'lookup', 'observe', 'callback', 'resolution', 'ledger'));--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_outcome_check" CHECK (outcome in ('intent', 'succeeded', 'refused', 'not_sent', 'ambiguous', 'found', 'absent', 'stale', 'accepted', 'unchanged', 'changed', 'resolved'));