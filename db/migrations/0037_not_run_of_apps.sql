DROP INDEX "executions_not_run_idx";--> statement-breakpoint
CREATE INDEX "executions_not_run_idx" ON "executions" USING btree ("org_id","decision_id","status") WHERE kind = 'action' and (status in ('failed', 'cancelled', 'unknown', 'dead', 'disputed')
          or (status = 'pending' and connector_id is null));