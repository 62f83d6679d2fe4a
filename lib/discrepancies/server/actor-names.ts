import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** Names that people know for `user:<id>`, `key:<id>` and `system:<id>`; what nobody knows stays as it is. */
export async function actorNames(
  ctx: Context,
  actors: readonly (string | null)[],
): Promise<(actor: string | null) => string | null> {
  const asked = [...new Set(actors.filter((actor) => actor !== null))];
  const rows = await rowsOf<{ actor: string; name: string }>(
    ctx.db,
    sql`select a.actor, coalesce(u.name, k.name || ' (key)') as name
      from jsonb_array_elements_text(${JSON.stringify(asked)}::jsonb) as a(actor)
      left join users u on a.actor = 'user:' || u.id and u.org_id = ${ctx.orgId}
      left join api_keys k on a.actor = 'key:' || k.id and k.org_id = ${ctx.orgId}
      where coalesce(u.name, k.name) is not null`,
  );
  const known = new Map(rows.map(({ actor, name }) => [actor, name]));
  return (actor) => (actor === null ? null : (known.get(actor) ?? actor.replace(/^system:/, "")));
}
