import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewerView } from "../passing";
import { stamp } from "./review-sql";

/** Active people (u) with what is said of them; the caller has authorised. */
export async function readPeople(ctx: Context, where: SQL): Promise<ReviewerView[]> {
  const rows = await rowsOf<Omit<ReviewerView, "object">>(
    ctx.db,
    sql`select u.id, u.name, u.email, coalesce(us.skills, '[]'::jsonb) as skills,
        case when us.away_until > now() then ${stamp("us.away_until")} end as away_until
      from users u left join user_settings us on us.user_id = u.id
      where u.org_id = ${ctx.orgId} and u.disabled_at is null and ${where} order by u.name, u.id limit 500`,
  );
  return rows.map((row) => ({ object: "person", ...row }));
}

/** Somebody of the organisation, by id; `me` is the actor. Throws `not_found`. */
export async function personNamed(ctx: Context, ref: string): Promise<ReviewerView> {
  const id = ref === "me" && ctx.actor.kind === "user" ? ctx.actor.id : ref;
  const [person] = await readPeople(ctx, sql`u.id = ${id}`);
  if (!person) throw new DomainError("not_found", `There is nobody ${ref.slice(0, 64)}`);
  return person;
}

/** Throws `forbidden` unless the actor is an admin or leads a queue. */
export async function requireAnyLead(ctx: Context): Promise<void> {
  if (ctx.actor.kind === "user" && ctx.actor.role === "admin") return;
  const id = ctx.actor.kind === "user" ? ctx.actor.id : "";
  const [led] = await rowsOf(ctx.db, sql`select 1 from queue_members where user_id = ${id} and lead limit 1`);
  if (led) return;
  throw new DomainError("forbidden", "Only a lead of a queue, or an admin, says this of somebody else", {
    code: "not_a_lead",
  });
}
