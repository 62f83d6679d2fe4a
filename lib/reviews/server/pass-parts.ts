import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { Passed } from "../passing";
import { inSight } from "./queue-scope";
import { stamp } from "./review-sql";

/** Over an alias `r` of reviews: the actor leads its queue, or is an admin. */
export function leadsIt(ctx: Context): SQL {
  if (ctx.actor.kind !== "user") return sql`false`;
  if (ctx.actor.role === "admin") return sql`true`;
  return sql`exists (select 1 from queue_members lm where lm.queue_id = r.queue_id and lm.user_id = ${ctx.actor.id} and lm.lead)`;
}

export type Passing = {
  id: string;
  decision_id: string;
  queue_id: string;
  leads: boolean;
  holder: string | null;
};

/** A review that may be passed on, held until commit, as the actor sees it. Throws `not_found`. */
export async function holdForPassing(ctx: Context, reviewId: string): Promise<Passing> {
  const [review] = await rowsOf<Passing>(
    ctx.db,
    sql`select r.id, r.decision_id, r.queue_id, ${leadsIt(ctx)} as leads,
        case when r.status = 'claimed' and r.lease_until > now() then r.claimed_by end as holder
      from reviews r where r.id = ${reviewId} and r.org_id = ${ctx.orgId}${await inSight(ctx)} for update of r`,
  );
  if (!review) throw new DomainError("not_found", `There is no review ${reviewId}`);
  return review;
}

/** Throws unless this person may be asked about this review in this queue: there, a reviewer, skilled, and not kept out. */
export async function requireAble(
  ctx: Context,
  personId: string,
  review: { id: string; queueId: string },
): Promise<void> {
  const stored = `user:${personId}`;
  const [person] = await rowsOf<{
    name: string;
    away: string | null;
    lacks: string[];
    excluded: boolean;
    proposer: boolean;
  }>(
    ctx.db,
    sql`select u.name, case when us.away_until > now() then ${stamp("us.away_until")} end as away,
        (select coalesce(json_agg(need), '[]') from jsonb_array_elements_text(q.skills) need
          where not coalesce(us.skills, '[]'::jsonb) ? need) as lacks,
        coalesce(r.excluded ? ${stored}, false) as excluded, d.submitted_by = ${stored} as proposer
      from users u cross join reviews r join decisions d on d.id = r.decision_id join queues q on q.id = ${review.queueId}
      left join user_settings us on us.user_id = u.id
      where u.id = ${personId} and u.org_id = ${ctx.orgId} and u.role = 'reviewer' and u.disabled_at is null
        and r.id = ${review.id}`,
  );
  if (!person)
    throw refused(
      "not_a_reviewer",
      "is not an active reviewer here",
      "Name somebody whose role is reviewer.",
    );
  const { name, away, lacks, excluded, proposer } = person;
  if (excluded || proposer)
    throw refused("excluded_person", `is ${name}, who is kept from ruling on it`, "Ask somebody else.");
  if (lacks.length > 0)
    throw refused(
      "lacks_skill",
      `is ${name}, who lacks ${lacks.join(", ")}`,
      "Ask somebody who has it, or have it entered.",
    );
  if (away !== null)
    throw refused("away", `is ${name}, who is away until ${away}`, "Ask somebody who is there.");
}

function refused(code: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", `/person ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/person", code, message, fix }],
  });
}

/** Where a review is now. */
export async function passed(ctx: Context, reviewId: string): Promise<Passed> {
  const [row] = await rowsOf<Omit<Passed, "object">>(
    ctx.db,
    sql`select r.id, json_build_object('id', q.id, 'key', q.key, 'name', q.name) as queue,
        case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end as assigned_to,
        ${stamp("r.due_at")} as due_at
      from reviews r join queues q on q.id = r.queue_id left join users u on u.id = substr(r.assigned_to, 6)
      where r.id = ${reviewId} and r.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new DomainError("not_found", `There is no review ${reviewId}`);
  return { object: "review", ...row };
}

/** Nobody holds it any more. */
export const letGo = sql`status = 'open', claimed_by = null, claimed_at = null, lease_until = null, snoozed_until = null`;
