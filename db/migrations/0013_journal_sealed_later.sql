ALTER TABLE "journal" DROP CONSTRAINT "journal_pk";--> statement-breakpoint
ALTER TABLE "journal" ALTER COLUMN "seq" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "journal" ALTER COLUMN "prev" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "journal" ALTER COLUMN "hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "journal" ADD COLUMN "id" bigserial PRIMARY KEY NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "journal_seq_unique" ON "journal" USING btree ("org_id","seq") WHERE seq is not null;--> statement-breakpoint
CREATE INDEX "journal_unsealed_idx" ON "journal" USING btree ("org_id","id") WHERE seq is null;--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_sealed_check" CHECK ((seq is null) = (hash is null) and (seq is null) = (prev is null));