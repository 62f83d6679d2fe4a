import { asc, eq } from "drizzle-orm";
import { journal } from "@/db/schema";
import type { Context } from "@/lib/server/context";

/** What the journal of an organisation says of a subject, oldest first: `actor action`. For tests. */
export async function journalOf(ctx: Context, subject: string): Promise<string[]> {
  const rows = await ctx.db
    .select()
    .from(journal)
    .where(eq(journal.orgId, ctx.orgId))
    .orderBy(asc(journal.id));
  return rows.filter((row) => row.subject === subject).map((row) => `${row.actor} ${row.action}`);
}
