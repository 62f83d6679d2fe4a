import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { excludedRefusal } from "../four-eyes";

/** Who acts, as stored (`user:<id>`), or the column of a statement that says so. */
export type Me = string | SQL;

/** `user:<id>` as the tables of people have it. */
const idOf = (me: Me): string | SQL =>
  typeof me === "string" ? me.slice("user:".length) : sql`substr(${me}, ${"user:".length + 1})`;

/** A queue without members is everybody's; else its members', and theirs to whom a member lends their authority. */
function isTheirs(queue: SQL, me: Me): SQL {
  const id = idOf(me);
  return sql`(not exists (select 1 from queue_members qm where qm.queue_id = ${queue})
    or exists (select 1 from queue_members qm where qm.queue_id = ${queue} and (qm.user_id = ${id} or exists (
      select 1 from delegations qd where qd.to_user = ${id} and qd.from_user = qm.user_id and qd.revoked_at is null
        and now() between qd.starts_at and qd.ends_at and (qd.queue_id is null or qd.queue_id = qm.queue_id)))))`;
}

function isSkilled(skills: SQL, me: Me): SQL {
  return sql`(${skills} = '[]'::jsonb
    or ${skills} <@ coalesce((select us.skills from user_settings us where us.user_id = ${idOf(me)}), '[]'::jsonb))`;
}

/** Over an alias `q` of queues: this person may be given its reviews. */
export function mayWorkIn(me: string): SQL {
  return sql`(${isTheirs(sql`q.id`, me)} and ${isSkilled(sql`q.skills`, me)})`;
}

/** Over an alias `r` of reviews: kept for this person, or named in its approval rule's stage. */
function isNamed(me: Me): SQL {
  return sql`(r.assigned_to = ${me} or coalesce(r.approval_rule #> array['stages', (r.stage - 1)::text, 'members'] ? ${idOf(me)}, false))`;
}

/** Over an alias `r` of reviews: it is for others than this person, who had a part in what it is about. */
function isKeptFrom(me: Me): SQL {
  return sql`coalesce(r.excluded ? ${me}, false)`;
}

/** Over an alias `r` of reviews: they do not even see it. An appeal of what they decided they may read. */
function isHiddenFrom(me: string): SQL {
  return sql`(r.kind = 'approval' and ${isKeptFrom(me)})`;
}

/** Over an alias `r` of reviews: this person may take it. What a queue asks for in skills holds for everybody. */
export function mayWork(me: Me): SQL {
  return sql`(not ${isKeptFrom(me)} and exists (select 1 from queues wq where wq.id = r.queue_id and ${isSkilled(sql`wq.skills`, me)}
    and (${isTheirs(sql`wq.id`, me)} or ${isNamed(me)})))`;
}

/**
 * Which reviews the actor may see, as a condition over alias `r` that starts with ` and `; empty for auditors and
 * admins. Leads of any queue see all queues, and everybody where no queue has members; a case that one ruled on and that
 * somebody else is to look at anew is out of sight.
 */
export async function inSight(ctx: Context): Promise<SQL> {
  const { actor } = ctx;
  if (actor.kind !== "user" || actor.role !== "reviewer") return sql``;
  const me = `user:${actor.id}`;
  const rows = await rowsOf<{ id: string; seen: boolean; leads: boolean }>(
    ctx.db,
    sql`select q.id, ${isTheirs(sql`q.id`, me)} as seen,
        exists (select 1 from queue_members l where l.user_id = ${actor.id} and l.lead) as leads
      from queues q where q.org_id = ${ctx.orgId}`,
  );
  const others = sql` and not ${isHiddenFrom(me)}`;
  if (rows.every(({ seen, leads }) => seen || leads)) return others;
  const seen = rows.filter((row) => row.seen).map(({ id }) => id);
  return sql` and (r.queue_id = any(${sql.param(seen)}) or r.claimed_by = ${me} or r.resolved_by = ${me} or ${isNamed(me)})${others}`;
}

/** Why this person may not take a review that is there, or undefined. Out of sight is as good as absent. */
export async function notTheirs(ctx: Context, reviewId: string): Promise<DomainError | undefined> {
  if (ctx.actor.kind !== "user") return undefined;
  const me = `user:${ctx.actor.id}`;
  const sight = await inSight(ctx);
  const [review] = await rowsOf<{
    name: string;
    skills: string[];
    works: boolean;
    skilled: boolean;
    kept: boolean;
    seen: boolean;
  }>(
    ctx.db,
    sql`select q.name, q.skills, ${mayWork(me)} as works, ${isSkilled(sql`q.skills`, me)} as skilled, ${isKeptFrom(me)} as kept, (true${sight}) as seen
      from reviews r join queues q on q.id = r.queue_id where r.id = ${reviewId} and r.org_id = ${ctx.orgId}`,
  );
  if (!review || review.works) return undefined;
  if (!review.seen) return new DomainError("not_found", `There is no review ${reviewId}`);
  if (review.kept) {
    return new DomainError("forbidden", excludedRefusal().message, { code: "excluded_person" });
  }
  if (!review.skilled) {
    const needs = review.skills.join(", ");
    return new DomainError("forbidden", `The queue ${review.name} needs these skills: ${needs}`, {
      code: "lacks_skill",
    });
  }
  return new DomainError("forbidden", `You are not a member of the queue ${review.name}`, {
    code: "not_a_member",
  });
}
