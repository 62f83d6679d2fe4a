ALTER TABLE "evaluator_agreements" ADD COLUMN "agreement_low" double precision;--> statement-breakpoint
ALTER TABLE "evaluator_agreements" ADD COLUMN "agreement_high" double precision;