ALTER TABLE "contract_epochs" ADD COLUMN "evidence_after" text;--> statement-breakpoint
ALTER TABLE "contract_epochs" ADD COLUMN "deployments" jsonb DEFAULT '[]'::jsonb NOT NULL;