import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewerView, SetAway } from "../passing";
import { personNamed, requireAnyLead } from "./people";

/**
 * Says until when somebody is away, or that they are there: of oneself, or of anybody for leads and admins. Nothing is
 * kept for them meanwhile; what was goes back to its queue (assignReviews). Throws `invalid` for a time that is past.
 */
export async function setAway(ctx: Context, input: SetAway): Promise<ReviewerView> {
  authorize(ctx, "people.away");
  const person = await personNamed(ctx, input.person);
  if (ctx.actor.kind !== "user" || ctx.actor.id !== person.id) await requireAnyLead(ctx);
  return inTransaction(ctx, async (ctx) => {
    const [set] = await rowsOf<{ user_id: string }>(
      ctx.db,
      sql`insert into user_settings (user_id, org_id, away_until)
        select ${person.id}, ${ctx.orgId}, ${input.until}::timestamptz
          where ${input.until}::timestamptz is null or ${input.until}::timestamptz > now()
        on conflict (user_id) do update set away_until = excluded.away_until, updated_at = now() returning user_id`,
    );
    if (!set) {
      const error = {
        pointer: "/until",
        code: "past",
        message: "is past",
        fix: "Name a time to come, or null.",
      };
      throw new DomainError("invalid", "/until is past", { code: "validation_failed", errors: [error] });
    }
    await emit(ctx, {
      type: "person.changed",
      subject: person.id,
      data: { by: actorName(ctx.actor), away_until: input.until },
    });
    const now = await personNamed(ctx, person.id);
    await record(ctx, "person.away_set", person.id, { away_until: input.until });
    return now;
  });
}
