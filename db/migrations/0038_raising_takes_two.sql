CREATE TABLE "autonomy_raises" (
	"id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"wanted" jsonb NOT NULL,
	"version" integer NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "autonomy_raises_status_check" CHECK (status in ('open', 'signed', 'declined', 'withdrawn', 'lapsed')),
	CONSTRAINT "autonomy_raises_two_check" CHECK (status <> 'signed' or (decided_by is not null and decided_by <> proposed_by))
);
--> statement-breakpoint
ALTER TABLE "decision_types" ADD COLUMN "raising_takes_two" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contracts" ADD COLUMN "widened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "autonomy_raises" ADD CONSTRAINT "autonomy_raises_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "autonomy_raises" ADD CONSTRAINT "autonomy_raises_type_id_decision_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."decision_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "autonomy_raises_open_unique" ON "autonomy_raises" USING btree ("app_id","type_id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "autonomy_raises_pair_idx" ON "autonomy_raises" USING btree ("app_id","type_id","id");