DROP INDEX "executions_ready_idx";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "watched_connector_id" text;--> statement-breakpoint
ALTER TABLE "executions" ADD COLUMN "type_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "attempts_watched_idx" ON "attempts" USING btree ("watched_connector_id","started_at") WHERE watched_connector_id is not null;--> statement-breakpoint
CREATE INDEX "executions_ready_idx" ON "executions" USING btree ("org_id","app_id","type_id","connector_id","next_at") WHERE status in ('pending', 'unknown', 'dead') and not needs_person and connector_id is not null;