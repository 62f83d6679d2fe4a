import { and, eq, inArray } from "drizzle-orm";
import { users } from "@/db/schema";
import type { Context } from "@/lib/server/context";

export type Names = (actor: string) => { id: string; name: string };

/** Names of the people among `actors` (`user:<id>`); anybody else is called what they are. */
export async function personNames(ctx: Context, actors: readonly (string | null)[]): Promise<Names> {
  const ids = [...new Set(actors.flatMap((actor) => (actor?.startsWith("user:") ? [actor.slice(5)] : [])))];
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ id: users.id, name: users.name })
          .from(users)
          .where(and(eq(users.orgId, ctx.orgId), inArray(users.id, ids)));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (actor) => {
    if (!actor.startsWith("user:")) return { id: actor, name: "Countersign" };
    const id = actor.slice(5);
    return { id, name: names.get(id) ?? "Somebody who left" };
  };
}
