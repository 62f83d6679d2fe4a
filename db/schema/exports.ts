import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { exportFormats, exportKinds, exportStatuses } from "@/lib/exports/schema";
import type { JsonObject } from "@/lib/kernel/json";
import { bornAt, id, moment, oneOf } from "./columns";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** A list's current filter on its way into a file; a worker writes it part by part and can go on after a crash. */
export const dataExports = pgTable(
  "exports",
  {
    id: id(),
    orgId: text().notNull(),
    kind: text({ enum: exportKinds }).notNull(),
    format: text({ enum: exportFormats }).notNull(),
    filter: jsonb().$type<JsonObject>().notNull(),
    status: text({ enum: exportStatuses }).notNull().default("pending"),
    /** The last row written: where the next part begins. */
    cursor: text(),
    rows: integer().notNull().default(0),
    total: integer(),
    size: bigint({ mode: "number" }).notNull().default(0),
    error: text(),
    createdBy: text().notNull(),
    leaseUntil: moment(),
    finishedAt: moment(),
    expiresAt: moment(),
    createdAt: bornAt(),
  },
  (t) => [
    index("exports_creator_idx").on(t.orgId, t.createdBy, t.id),
    index("exports_pending_idx")
      .on(t.orgId, t.id)
      .where(sql`status in ('pending', 'running')`),
    check("exports_kind_check", oneOf("kind", exportKinds)),
    check("exports_format_check", oneOf("format", exportFormats)),
    check("exports_status_check", oneOf("status", exportStatuses)),
  ],
);

export const exportParts = pgTable(
  "export_parts",
  {
    exportId: text()
      .notNull()
      .references(() => dataExports.id),
    part: integer().notNull(),
    content: bytes().notNull(),
  },
  (t) => [primaryKey({ name: "export_parts_pk", columns: [t.exportId, t.part] })],
);
