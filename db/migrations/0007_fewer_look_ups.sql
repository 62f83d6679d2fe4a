ALTER TABLE "decisions" DROP CONSTRAINT "decisions_app_id_apps_id_fk";
--> statement-breakpoint
ALTER TABLE "decisions" DROP CONSTRAINT "decisions_type_id_decision_types_id_fk";
--> statement-breakpoint
ALTER TABLE "reviews" DROP CONSTRAINT "reviews_decision_id_decisions_id_fk";
--> statement-breakpoint
ALTER TABLE "reviews" DROP CONSTRAINT "reviews_queue_id_queues_id_fk";
