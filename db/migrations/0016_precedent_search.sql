-- Alike cases are found by their words; the same expression stands in the query.
CREATE INDEX "precedents_words_idx" ON "precedents" USING gin (to_tsvector('simple', "words"));--> statement-breakpoint
-- What a person said on a decision stands; it can only be voided, once.
CREATE FUNCTION approvals_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.voided_at IS NULL
    AND to_jsonb(NEW) - 'voided_at' = to_jsonb(OLD) - 'voided_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an approval is never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER approvals_guard BEFORE UPDATE OR DELETE ON "approvals" FOR EACH ROW EXECUTE FUNCTION approvals_guard();
