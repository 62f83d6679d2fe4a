ALTER TABLE "feedback" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
-- What told a cause that was taken back before this column was there.
UPDATE "feedback" f SET "withdrawn_at" = now() FROM "discrepancies" x
  WHERE f."decision_id" = x."decision_id" AND starts_with(f."idempotency_key", 'discrepancy:' || x."id" || ':')
    AND x."status" <> 'confirmed' AND f."replaced_by" IS NULL;
