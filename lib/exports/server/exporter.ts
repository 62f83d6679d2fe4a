import { sql } from "drizzle-orm";
import type { Role } from "@/lib/identity/schema";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

type Person = { id: string; name: string; email: string; role: Role };

/**
 * The worker's context as the person who asked: what they may see is read again for every turn, so that a role taken
 * away or a person who left ends the file. Throws `forbidden`.
 */
export async function exporterOf(ctx: Context, createdBy: string): Promise<Context> {
  const [person] = await rowsOf<Person>(
    ctx.db,
    sql`select id, name, email, role from users
      where org_id = ${ctx.orgId} and 'user:' || id = ${createdBy} and disabled_at is null`,
  );
  if (!person) throw new DomainError("forbidden", "Whoever asked for it is no longer a member.");
  return { ...ctx, actor: { kind: "user", ...person, via: "session" } };
}
