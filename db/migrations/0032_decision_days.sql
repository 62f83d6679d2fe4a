CREATE TABLE "decision_days" (
	"org_id" text NOT NULL,
	"day" date NOT NULL,
	"app_id" text NOT NULL,
	"type_id" text NOT NULL,
	"prompt_version" text NOT NULL,
	"model" text NOT NULL,
	"route" text NOT NULL,
	"predicted" text NOT NULL,
	"count" integer NOT NULL,
	"planned" double precision NOT NULL,
	"confidences" integer[] NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_days_pk" PRIMARY KEY("org_id","day","app_id","type_id","prompt_version","model","route","predicted"),
	CONSTRAINT "decision_days_route_check" CHECK (route in ('execute', 'review', 'decline', 'shadow')),
	CONSTRAINT "decision_days_predicted_check" CHECK (predicted in ('positive', 'negative')),
	CONSTRAINT "decision_days_count_check" CHECK (count > 0 and cardinality(confidences) = 10)
);
