import { asc } from "drizzle-orm";
import { database, type Database } from "@/db/client";
import { orgs } from "@/db/schema";
import type { Context } from "@/lib/server/context";

/** The system acting for one organisation; `id` says which part of it (`sign-in`, `seed`). */
export function systemContext(db: Database, orgId: string, id: string): Context {
  return { db, orgId, actor: { kind: "system", id }, now: new Date() };
}

/**
 * The context of what happens before anybody is signed in (sign-in, an invitation, the set-up). An installation has
 * one organisation; before the set-up there is none, and orgId is empty.
 */
export async function publicContext(requestId?: string): Promise<Context> {
  return { ...(await publicContextIn(database())), requestId };
}

/** The ids of every organisation, oldest first: what the worker's loops go over, before there is a context of one. */
export async function listOrgIds(db: Database): Promise<string[]> {
  const rows = await db.select({ id: orgs.id }).from(orgs).orderBy(asc(orgs.id));
  return rows.map(({ id }) => id);
}

/** {@link publicContext} over a given database. */
export async function publicContextIn(db: Database): Promise<Context> {
  const [org] = await db.select({ id: orgs.id }).from(orgs).orderBy(asc(orgs.id)).limit(1);
  return systemContext(db, org?.id ?? "", "sign-in");
}
