import { sql } from "drizzle-orm";
import { matrix } from "@/lib/identity/matrix";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { requirePerson } from "./training-rows";

/** The names of everybody else who may sign what the caller proposes, in their order; at most twenty. */
export async function listSigners(ctx: Context): Promise<string[]> {
  authorize(ctx, "learning.read");
  requirePerson(ctx);
  const rows = await rowsOf<{ name: string }>(
    ctx.db,
    sql`select name from users where org_id = ${ctx.orgId} and disabled_at is null and id <> ${ctx.actor.id}
        and role in ${[...matrix["learning.sign"].roles]} order by name, id limit 20`,
  );
  return rows.map(({ name }) => name);
}
