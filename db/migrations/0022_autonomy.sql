CREATE TABLE "decision_findings" (
	"decision_id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"findings" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moderation_agents" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"config" jsonb NOT NULL,
	"secret" text,
	"measured" jsonb,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "moderation_agents_key_unique" UNIQUE("org_id","key"),
	CONSTRAINT "moderation_agents_kind_check" CHECK (kind in ('pii', 'prompt_injection', 'toxicity', 'model'))
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "policies_key_unique" UNIQUE("org_id","key")
);
--> statement-breakpoint
CREATE TABLE "policy_divergences" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"version_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"rule_id" text,
	"was" text NOT NULL,
	"would" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_divergences_unique" UNIQUE("version_id","decision_id")
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"policy_id" text NOT NULL,
	"number" integer NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"rules" jsonb NOT NULL,
	"fixtures" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"edited_by" text NOT NULL,
	"edited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"shadowed_at" timestamp with time zone,
	"published_by" text,
	"published_at" timestamp with time zone,
	"retired_at" timestamp with time zone,
	"asked" integer DEFAULT 0 NOT NULL,
	"diverged" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_versions_number_unique" UNIQUE("policy_id","number"),
	CONSTRAINT "policy_versions_status_check" CHECK (status in ('draft', 'shadow', 'published', 'retired')),
	CONSTRAINT "policy_versions_published_check" CHECK ((status in ('draft', 'shadow')) = (published_at is null) and (published_by is null or published_by <> edited_by))
);
--> statement-breakpoint
CREATE TABLE "calibration_maps" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"predicted" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"figures" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "calibration_maps_number_unique" UNIQUE("app_id","type_id","predicted","number"),
	CONSTRAINT "calibration_maps_kind_check" CHECK (kind in ('isotonic', 'platt', 'beta')),
	CONSTRAINT "calibration_maps_predicted_check" CHECK (predicted in ('positive', 'negative'))
);
--> statement-breakpoint
CREATE TABLE "contract_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"contract_id" text NOT NULL,
	"epoch_id" text NOT NULL,
	"kind" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"why" text NOT NULL,
	"evidence" jsonb,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contract_changes_kind_check" CHECK (kind in ('created', 'terms', 'epoch', 'shadow_ended', 'promoted', 'expanded', 'ramped', 'audit_rate', 'stepped_down', 'rolled_back', 'archived'))
);
--> statement-breakpoint
CREATE TABLE "contract_epochs" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"contract_id" text NOT NULL,
	"number" integer NOT NULL,
	"cause" text NOT NULL,
	"why" text NOT NULL,
	"pins" jsonb NOT NULL,
	"grid" jsonb,
	"grid_frozen_at" timestamp with time zone,
	"sensitivity" double precision,
	"state" jsonb,
	"cursor" text,
	"stale" text,
	"folded_at" timestamp with time zone,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "contract_epochs_number_unique" UNIQUE("contract_id","number"),
	CONSTRAINT "contract_epochs_cause_check" CHECK (cause in ('created', 'terms_changed', 'audit_alarm', 'reviewed_stream_alarm', 'model_changed', 'prompt_changed', 'policy_changed', 'audits_overdue', 'stopped', 'sensitivity_fell', 'rolled_back', 'by_hand'))
);
--> statement-breakpoint
CREATE TABLE "contract_proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"contract_id" text NOT NULL,
	"epoch_id" text NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"wanted" jsonb NOT NULL,
	"evidence" jsonb NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"proposed_by" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contract_proposals_kind_check" CHECK (kind in ('promote', 'expand', 'terms')),
	CONSTRAINT "contract_proposals_status_check" CHECK (status in ('open', 'signed', 'declined', 'withdrawn', 'lapsed')),
	CONSTRAINT "contract_proposals_two_check" CHECK (status <> 'signed' or (decided_by is not null and decided_by <> proposed_by))
);
--> statement-breakpoint
CREATE TABLE "contracts" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"predicted" text NOT NULL,
	"amount_from" bigint,
	"amount_to" bigint,
	"terms" jsonb NOT NULL,
	"level" text DEFAULT 'shadow' NOT NULL,
	"threshold" double precision,
	"audit_rate" double precision DEFAULT 1 NOT NULL,
	"ramp_share" double precision DEFAULT 1 NOT NULL,
	"epoch_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"looked_on" text,
	"deployed_at" timestamp with time zone,
	"ramped_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "contracts_predicted_check" CHECK (predicted in ('positive', 'negative')),
	CONSTRAINT "contracts_level_check" CHECK (level in ('shadow', 'review_all', 'auto')),
	CONSTRAINT "contracts_range_check" CHECK (audit_rate > 0 and audit_rate <= 1 and ramp_share > 0 and ramp_share <= 1
        and (threshold is null or threshold between 0 and 1) and (amount_from is null or amount_to is null or amount_from < amount_to)),
	CONSTRAINT "contracts_auto_check" CHECK (level <> 'auto' or threshold is not null)
);
--> statement-breakpoint
CREATE TABLE "replay_flips" (
	"replay_id" text NOT NULL,
	"decision_id" text NOT NULL,
	"org_id" text NOT NULL,
	"was" text NOT NULL,
	"would" text NOT NULL,
	"opened_by" text,
	"opened_at" timestamp with time zone,
	CONSTRAINT "replay_flips_unique" UNIQUE("replay_id","decision_id")
);
--> statement-breakpoint
CREATE TABLE "replays" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"kind" text NOT NULL,
	"spec" jsonb NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"cursor" text,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"state" jsonb,
	"result" jsonb,
	"error" text,
	"created_by" text NOT NULL,
	"lease_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "replays_kind_check" CHECK (kind in ('threshold', 'policy')),
	CONSTRAINT "replays_status_check" CHECK (status in ('pending', 'running', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "epoch_id" text;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "calibrated" double precision;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "calibration_id" text;--> statement-breakpoint
ALTER TABLE "moderation_agents" ADD CONSTRAINT "moderation_agents_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_org_id_orgs_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_divergences" ADD CONSTRAINT "policy_divergences_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calibration_maps" ADD CONSTRAINT "calibration_maps_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calibration_maps" ADD CONSTRAINT "calibration_maps_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_changes" ADD CONSTRAINT "contract_changes_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_epochs" ADD CONSTRAINT "contract_epochs_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contract_proposals" ADD CONSTRAINT "contract_proposals_contract_id_contracts_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."contracts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replay_flips" ADD CONSTRAINT "replay_flips_replay_id_replays_id_fk" FOREIGN KEY ("replay_id") REFERENCES "public"."replays"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decision_findings_created_idx" ON "decision_findings" USING btree ("org_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_versions_published_unique" ON "policy_versions" USING btree ("policy_id") WHERE status = 'published';--> statement-breakpoint
CREATE UNIQUE INDEX "policy_versions_open_unique" ON "policy_versions" USING btree ("policy_id") WHERE status in ('draft', 'shadow');--> statement-breakpoint
CREATE INDEX "policy_versions_live_idx" ON "policy_versions" USING btree ("org_id","policy_id") WHERE status in ('shadow', 'published');--> statement-breakpoint
CREATE UNIQUE INDEX "calibration_maps_live_unique" ON "calibration_maps" USING btree ("app_id","type_id","predicted") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "contract_changes_contract_idx" ON "contract_changes" USING btree ("contract_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contract_epochs_open_unique" ON "contract_epochs" USING btree ("contract_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "contract_proposals_open_unique" ON "contract_proposals" USING btree ("contract_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "contract_proposals_contract_idx" ON "contract_proposals" USING btree ("contract_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "contracts_segment_unique" ON "contracts" USING btree ("app_id","type_id","predicted",coalesce(amount_from, -1)) WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "replays_app_idx" ON "replays" USING btree ("org_id","app_id","id");--> statement-breakpoint
CREATE INDEX "replays_pending_idx" ON "replays" USING btree ("org_id","id") WHERE status in ('pending', 'running');--> statement-breakpoint
CREATE INDEX "decisions_epoch_idx" ON "decisions" USING btree ("epoch_id","id","confidence","route","audit_drawn","pi_label","pi_ref","predicted","status","truth","amount","created_at") WHERE epoch_id is not null;