import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";

type QueueColumns = Partial<typeof schema.queues.$inferInsert>;

/** A queue of a test's own. */
export async function aQueue(db: Database, org: TestOrg, columns: QueueColumns = {}): Promise<string> {
  const id = newId("queue");
  await db
    .insert(schema.queues)
    .values({ id, orgId: org.orgId, key: `q-${id.slice(-8)}`, name: `Queue ${id.slice(-4)}`, ...columns });
  return id;
}

export async function setQueue(db: Database, queueId: string, columns: QueueColumns): Promise<void> {
  await db.update(schema.queues).set(columns).where(eq(schema.queues.id, queueId));
}

export function userIdOf({ actor }: Context): string {
  if (actor.kind !== "user") throw new Error("not a person");
  return actor.id;
}

/** Makes somebody a member, or a lead, of a queue. */
export async function joinQueue(
  db: Database,
  queueId: string,
  person: Context,
  as: "member" | "lead" = "member",
): Promise<void> {
  await db
    .insert(schema.queueMembers)
    .values({ queueId, userId: userIdOf(person), orgId: person.orgId, lead: as === "lead" });
}

/** What is said of a person: skills, and until when they are away. */
export async function setPerson(
  db: Database,
  person: Context,
  settings: { skills?: string[]; awayUntil?: Date | null },
): Promise<void> {
  await db
    .insert(schema.userSettings)
    .values({ userId: userIdOf(person), orgId: person.orgId, ...settings })
    .onConflictDoUpdate({ target: schema.userSettings.userId, set: settings });
}
