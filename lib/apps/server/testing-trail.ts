import { and, asc, eq } from "drizzle-orm";
import { events, journal } from "@/db/schema";
import type { Database } from "@/db/client";

/** What was journalled and told of one subject, oldest first. */
export async function trailOf(db: Database, subject: string) {
  const entries = await db
    .select()
    .from(journal)
    .where(eq(journal.subject, subject))
    .orderBy(asc(journal.id));
  const told = await db
    .select()
    .from(events)
    .where(and(eq(events.subject, subject)))
    .orderBy(asc(events.id));
  return {
    journal: entries.map((entry) => ({ action: entry.action, actor: entry.actor, ...dataOf(entry.entry) })),
    events: told.map((event) => event.type),
    text: entries.map((entry) => entry.entry).join("\n"),
  };
}

function dataOf(entry: string): { data: Record<string, unknown> } {
  const { data } = JSON.parse(entry) as { data: Record<string, unknown> };
  return { data };
}
