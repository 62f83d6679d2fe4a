-- What decisions and reviews name is kept for good: archived, never deleted.
create trigger apps_kept before delete or truncate on apps for each statement execute function append_only();
--> statement-breakpoint
create trigger decision_types_kept before delete or truncate on decision_types for each statement execute function append_only();
--> statement-breakpoint
create trigger queues_kept before delete or truncate on queues for each statement execute function append_only();
