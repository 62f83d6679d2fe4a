CREATE TABLE "policy_days" (
	"org_id" text NOT NULL,
	"version_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"day" date NOT NULL,
	"asked" integer NOT NULL,
	"hits" integer NOT NULL,
	"failed" integer NOT NULL,
	CONSTRAINT "policy_days_pk" PRIMARY KEY("version_id","rule_id","day")
);
--> statement-breakpoint
DROP INDEX "decisions_subject_idx";--> statement-breakpoint
CREATE INDEX "decisions_subject_idx" ON "decisions" USING btree ("org_id","subject_type","subject_id","id") WHERE subject_id is not null;