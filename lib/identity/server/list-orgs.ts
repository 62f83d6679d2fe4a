import { asc } from "drizzle-orm";
import type { Database } from "@/db/client";
import { orgs } from "@/db/schema";

/** The ids of every organisation, oldest first: what the worker's loops go over, before there is a context of one. */
export async function listOrgIds(db: Database): Promise<string[]> {
  const rows = await db.select({ id: orgs.id }).from(orgs).orderBy(asc(orgs.id));
  return rows.map(({ id }) => id);
}
