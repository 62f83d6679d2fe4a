import { eq, sql } from "drizzle-orm";
import * as schema from "@/db/schema";
import type { TestOrg } from "@/db/testing-fixtures";
import type { NewEvent } from "@/lib/server/events";
import { emit } from "@/lib/server/events";
import { holdMark } from "./watermark";

/** The worker has looked once: from here on everything is news. */
export async function hearFromNow(org: TestOrg): Promise<void> {
  await holdMark(org.system);
}

export async function happens(org: TestOrg, ...events: NewEvent[]): Promise<void> {
  await emit(org.system, ...events);
}

/** Everybody's bell, oldest first. */
export function bells(org: TestOrg) {
  return org.system.db
    .select()
    .from(schema.notifications)
    .where(eq(schema.notifications.orgId, org.orgId))
    .orderBy(schema.notifications.id);
}

export function deliveries(org: TestOrg) {
  return org.system.db
    .select()
    .from(schema.notificationDeliveries)
    .where(eq(schema.notificationDeliveries.orgId, org.orgId))
    .orderBy(schema.notificationDeliveries.id);
}

/** Lets every pause and digest of what waits be over. */
export async function timePasses(org: TestOrg): Promise<void> {
  await org.system.db
    .update(schema.notificationDeliveries)
    .set({ notBefore: sql`now() - interval '1 second'` })
    .where(eq(schema.notificationDeliveries.orgId, org.orgId));
}
