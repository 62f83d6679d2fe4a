CREATE TABLE "audit_chances" (
	"decision_id" text PRIMARY KEY NOT NULL,
	"org_id" text NOT NULL,
	"pi" double precision NOT NULL,
	CONSTRAINT "audit_chances_pi_check" CHECK (pi > 0 and pi <= 1)
);
--> statement-breakpoint
ALTER TABLE "audits" ALTER COLUMN "pi_label" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "sent_by" text;--> statement-breakpoint
ALTER TABLE "audits" ADD COLUMN "sent_reason" text;--> statement-breakpoint
ALTER TABLE "sampling_plans" ADD COLUMN "result" jsonb;--> statement-breakpoint
CREATE INDEX "audits_plan_idx" ON "audits" USING btree ("org_id","plan_id") WHERE plan_id is not null;--> statement-breakpoint
-- What auditors gave so far becomes judgements of their own; the audit keeps the result.
INSERT INTO "audit_judgements" (id, org_id, audit_id, auditor, lease_until, blind_answer, blind_at, judgement, cause, note, judged_at)
  SELECT 'jud_' || substr(id, 5), org_id, id, coalesce(judged_by, claimed_by), lease_until, blind_answer, blind_at, judgement, cause, note, judged_at
  FROM "audits" WHERE coalesce(judged_by, claimed_by) IS NOT NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "audits" SET status = 'open', claimed_by = NULL, lease_until = NULL, blind_answer = NULL, blind_at = NULL WHERE status = 'claimed';
