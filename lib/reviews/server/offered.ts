import { sql, type SQL } from "drizzle-orm";

/**
 * Over an alias `r` of reviews: a further approval that this person may give. Whoever approved or changed it already,
 * is left out or not named by the open stage, or lacks its skills, can open it to decline; it is not handed to them. First approvals look nothing up.
 */
export function isOfferedTo(me: string): SQL {
  const id = me.slice("user:".length);
  const ofStage = (what: string) =>
    sql`coalesce(r.approval_rule #> array['stages', (r.stage - 1)::text, ${what}::text], '[]'::jsonb)`;
  const members = ofStage("members");
  // Whoever had a part in a decision does not hear the appeal of it.
  const apart = sql`(r.kind <> 'appeal' or not coalesce(r.excluded ? ${me}, false))`;
  return sql`${apart} and (r.kind <> 'second' or (not exists (select 1 from approvals ap where ap.decision_id = r.decision_id
      and ap.voided_at is null and ${me} in (ap.actor, ap.on_behalf_of))
    and not ${ofStage("excluded")} ? ${id}
    and ${ofStage("skills")} <@ coalesce((select os.skills from user_settings os where os.user_id = ${id}), '[]'::jsonb)
    and (${members} = '[]'::jsonb or ${members} ? ${id} or exists (select 1 from delegations od where od.to_user = ${id}
      and ${members} ? od.from_user and od.revoked_at is null and now() between od.starts_at and od.ends_at))))`;
}
