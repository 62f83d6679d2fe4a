ALTER TABLE "monitors" DROP CONSTRAINT "monitors_range_check";--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "event_id" text;--> statement-breakpoint
ALTER TABLE "monitors" ADD COLUMN "hysteresis" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_event_unique" ON "incidents" USING btree ("org_id","event_id") WHERE event_id is not null;--> statement-breakpoint
ALTER TABLE "monitors" ADD CONSTRAINT "monitors_range_check" CHECK (window_minutes between 5 and 129600 and for_looks between 1 and 20 and cooldown_minutes >= 0 and min_n >= 1 and hysteresis >= 0);