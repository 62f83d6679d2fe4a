import { and, eq, or } from "drizzle-orm";
import { apps, connectors, decisionTypes } from "@/db/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";

/** The app of this organisation with that id or key; throws `not_found`. */
export async function findApp(ctx: Context, idOrKey: string) {
  const [app] = await ctx.db
    .select()
    .from(apps)
    .where(and(eq(apps.orgId, ctx.orgId), or(eq(apps.id, idOrKey), eq(apps.key, idOrKey))));
  return app ?? missing("app", idOrKey);
}

/** The decision type of this organisation with that id or key; throws `not_found`. */
export async function findType(ctx: Context, idOrKey: string) {
  const [type] = await ctx.db
    .select()
    .from(decisionTypes)
    .where(
      and(
        eq(decisionTypes.orgId, ctx.orgId),
        or(eq(decisionTypes.id, idOrKey), eq(decisionTypes.key, idOrKey)),
      ),
    );
  return type ?? missing("decision type", idOrKey);
}

/** The connector of this organisation with that id or key; throws `not_found`. */
export async function findConnector(ctx: Context, idOrKey: string) {
  const [connector] = await ctx.db
    .select()
    .from(connectors)
    .where(and(eq(connectors.orgId, ctx.orgId), or(eq(connectors.id, idOrKey), eq(connectors.key, idOrKey))));
  return connector ?? missing("connector", idOrKey);
}

export function missing(what: string, idOrKey: string): never {
  throw new DomainError("not_found", `There is no ${what} ${idOrKey.slice(0, 100)}.`);
}

/** Refuses a change that was made on an older version than the one in force. */
export function requireVersion(what: string, read: number, inForce: number): void {
  if (read === inForce) return;
  throw new DomainError(
    "precondition_failed",
    `This ${what} was changed by somebody else: you read version ${read}, now it is ${inForce}. Read it again and repeat your change.`,
    { code: "stale_version", extra: { version: inForce } },
  );
}

/** Refuses a key that another one has; call it when an insert answered no row. */
export function keyTaken(what: string, key: string): never {
  throw new DomainError("conflict", `There is already ${what} with the key ${key}.`, {
    code: "key_taken",
    errors: [{ pointer: "/key", code: "key_taken", message: "is already used", fix: "Choose another key." }],
  });
}
