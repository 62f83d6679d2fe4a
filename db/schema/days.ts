import { sql } from "drizzle-orm";
import { check, date, doublePrecision, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { predictions, routes } from "@/lib/decisions/schema";
import { moment, oneOf } from "./columns";

/**
 * Decisions by UTC day and by what is fixed of them at intake, copies that measure a reviewer left out. Written once a
 * day is over and never changed: `decision_days.until` of the settings says how far. Empty text: none was stated.
 */
export const decisionDays = pgTable(
  "decision_days",
  {
    orgId: text().notNull(),
    day: date().notNull(),
    appId: text().notNull(),
    typeId: text().notNull(),
    promptVersion: text().notNull(),
    /** Its name, as decisions state it. */
    model: text().notNull(),
    route: text({ enum: routes }).notNull(),
    predicted: text({ enum: predictions }).notNull(),
    count: integer().notNull(),
    /** Audits planned: the sum of the propensities. */
    planned: doublePrecision().notNull(),
    /** Decisions by stated confidence in ten equal bins; those that stated none are in none. */
    confidences: integer().array().notNull(),
    firstAt: moment().notNull(),
  },
  (t) => [
    primaryKey({
      name: "decision_days_pk",
      columns: [t.orgId, t.day, t.appId, t.typeId, t.promptVersion, t.model, t.route, t.predicted],
    }),
    check("decision_days_route_check", oneOf("route", routes)),
    check("decision_days_predicted_check", oneOf("predicted", predictions)),
    check("decision_days_count_check", sql`count > 0 and cardinality(confidences) = 10`),
  ],
);
