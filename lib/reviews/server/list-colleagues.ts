import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Colleague } from "../notes";

/** Who can be named in a note: active members by name, 200 at most. No address is told. */
export async function listColleagues(ctx: Context): Promise<{ object: "list"; data: Colleague[] }> {
  authorize(ctx, "notes.read");
  const data = await rowsOf<Colleague>(
    ctx.db,
    sql`select id, name, role from users where org_id = ${ctx.orgId} and disabled_at is null order by name, id limit 200`,
  );
  return { object: "list", data };
}
