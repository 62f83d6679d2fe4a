import type { Database } from "@/db/client";
import type { Actor } from "@/lib/identity/schema";

/** What every verb is given: the database (or the transaction it runs in), whose data, who acts, and when. */
export type Context = {
  readonly db: Database;
  readonly orgId: string;
  readonly actor: Actor;
  /** When the call began, for display and defaults; deadlines are compared with the database's own clock. */
  readonly now: Date;
  readonly requestId?: string;
};

/**
 * Runs `work` in one transaction (a savepoint when already in one). The inner context shadows the outer name, so
 * that a write escaping the transaction cannot be spelled.
 */
export function inTransaction<C extends Context, T>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  return ctx.db.transaction((tx) => work({ ...ctx, db: tx }));
}

/** `user:<id>`, `key:<id>` or `system:<id>`: how the journal and the tables name an actor. */
export function actorName(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}
