import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReviewerView, SetSkills } from "../passing";
import { personNamed, requireAnyLead } from "./people";

/** Says what somebody can, in place of what was said before. For leads and admins, and never of oneself. */
export async function setSkills(ctx: Context, input: SetSkills): Promise<ReviewerView> {
  authorize(ctx, "queues.lead");
  await requireAnyLead(ctx);
  const person = await personNamed(ctx, input.person);
  if (ctx.actor.kind === "user" && ctx.actor.id === person.id)
    throw new DomainError(
      "forbidden",
      "Nobody says of themselves what they can: ask another lead, or an admin",
    );
  const skills = [...new Set(input.skills)];
  return inTransaction(ctx, async (ctx) => {
    await rowsOf(
      ctx.db,
      sql`insert into user_settings (user_id, org_id, skills) values (${person.id}, ${ctx.orgId}, ${JSON.stringify(skills)}::jsonb)
        on conflict (user_id) do update set skills = excluded.skills, updated_at = now()`,
    );
    await emit(ctx, {
      type: "person.changed",
      subject: person.id,
      data: { by: actorName(ctx.actor), skills },
    });
    await record(ctx, "person.skills_set", person.id, { skills, before: person.skills });
    return { ...person, skills };
  });
}
