CREATE TABLE "approval_rule_versions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"rule_id" text NOT NULL,
	"org_id" text NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"type_id" text,
	"queue_id" text,
	"min_amount" bigint,
	"stages" jsonb NOT NULL,
	"enabled" boolean NOT NULL,
	"version" integer NOT NULL,
	"updated_by" text NOT NULL,
	"held_from" timestamp with time zone NOT NULL,
	"held_until" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_audits" (
	"plan_id" text NOT NULL,
	"audit_id" text NOT NULL,
	"stratum" text NOT NULL,
	"pi" double precision NOT NULL,
	CONSTRAINT "plan_audits_plan_id_audit_id_pk" PRIMARY KEY("plan_id","audit_id"),
	CONSTRAINT "plan_audits_pi_check" CHECK (pi > 0 and pi <= 1)
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "citations" jsonb;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "passed_queues" jsonb;--> statement-breakpoint
ALTER TABLE "plan_audits" ADD CONSTRAINT "plan_audits_plan_id_sampling_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."sampling_plans"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_audits" ADD CONSTRAINT "plan_audits_audit_id_audits_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approval_rule_versions_idx" ON "approval_rule_versions" USING btree ("org_id","held_until");--> statement-breakpoint
CREATE INDEX "precedents_subject_idx" ON "precedents" USING btree ("org_id","type_id","subject_type","subject_id","ruled_at") WHERE subject_id is not null;