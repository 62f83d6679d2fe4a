import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { raiseStatuses } from "@/lib/apps/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { apps, decisionTypes } from "./apps";
import { bornAt, id, moment, oneOf } from "./columns";

/** More autonomy for an app and a type that moves money or cannot be undone: it takes a second admin. */
export const autonomyRaises = pgTable(
  "autonomy_raises",
  {
    id: id(),
    orgId: text().notNull(),
    appId: text()
      .notNull()
      .references(() => apps.id),
    typeId: text()
      .notNull()
      .references(() => decisionTypes.id),
    status: text({ enum: raiseStatuses }).notNull().default("open"),
    /** The setting as a whole, as it would be. */
    wanted: jsonb().$type<JsonObject>().notNull(),
    /** Of the setting it was proposed on; where that is another by now, it has lapsed. */
    version: integer().notNull(),
    reason: text().notNull(),
    proposedBy: text().notNull(),
    decidedBy: text(),
    decidedAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    uniqueIndex("autonomy_raises_open_unique")
      .on(t.appId, t.typeId)
      .where(sql`status = 'open'`),
    index("autonomy_raises_pair_idx").on(t.appId, t.typeId, t.id),
    check("autonomy_raises_status_check", oneOf("status", raiseStatuses)),
    // Four eyes, where SQL can see them.
    check(
      "autonomy_raises_two_check",
      sql`status <> 'signed' or (decided_by is not null and decided_by <> proposed_by)`,
    ),
  ],
);
