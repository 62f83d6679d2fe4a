import { sql, type SQL } from "drizzle-orm";
import { may } from "@/lib/server/authorize";
import { actorName, type Context } from "@/lib/server/context";

/** Who looks at audits: their name in the tables, and whether they may be asked to judge. */
export type Viewer = { name: string; judges: boolean };

export function viewerOf(ctx: Pick<Context, "actor">): Viewer {
  return { name: actorName(ctx.actor), judges: may(ctx.actor, "audits.judge") };
}

/** True of a judgement row (the given alias) that keeps its place: answered, or taken and its lease not over. */
export function isHeld(alias: string): SQL {
  return sql.raw(`(${alias}.blind_answer is not null or ${alias}.lease_until > now())`);
}

/** The viewer's own row as `me`; and, where one auditor judges alone, the other one who holds it as `other`. */
export function viewerJoins(viewer: Viewer): SQL {
  return sql`left join audit_judgements me on me.audit_id = a.id and me.auditor = ${viewer.name}
    left join lateral (select j.auditor, j.lease_until, j.blind_answer from audit_judgements j
      where j.audit_id = a.id and j.auditor <> ${viewer.name} and a.judges_needed = 1 and a.status <> 'done'
        and ${isHeld("j")} order by j.id limit 1) other on true`;
}

/**
 * What an audit (alias `a`) is to the viewer right now; lists, counts and claims all read this one expression. Whoever
 * has answered keeps the audit. Where several judge, nothing here depends on what another of them did, or on whether
 * there is one, before the viewer has judged.
 */
export function stateNow(viewer: Viewer): SQL {
  const told = viewer.judges ? sql`me.judged_at is not null` : sql`true`;
  return sql`case when a.status = 'done' then 'done'
    when a.disputed_at is not null and ${told} then 'disputed'
    when me.judged_at is not null then 'waiting'
    when me.id is not null and ${isHeld("me")} then 'claimed'
    when other.auditor is not null then 'claimed'
    else 'open' end`;
}

/** Who holds it as far as the viewer may know: themselves, or the one auditor of an audit for one. */
export const holder = sql`case when me.id is not null and me.judged_at is null and ${isHeld("me")} then me.auditor else other.auditor end`;

/**
 * True of an audit that the viewer knows from the other side: they sent it here, broke the glass over it, or ruled on
 * its decision when they were a reviewer. Whoever acted is not whoever judges the act.
 */
export function knewIt({ name }: Viewer): SQL {
  return sql`(coalesce(a.sent_by = ${name}, false) or exists (select 1 from reviews rv
    where rv.decision_id = a.decision_id and rv.resolved_by = ${name}))`;
}

/**
 * True of an audit that the viewer may still be asked to judge: not done, not judged by them, not known to them from
 * the other side ({@link knewIt}), and one they hold, one that a single auditor judges (whoever holds it: the list shows
 * them), or one with a place left. An admin judges nothing and sees all that is not done.
 */
export function isToJudge(viewer: Viewer): SQL {
  if (!viewer.judges) return sql`a.status in ('open', 'claimed')`;
  return sql`a.status in ('open', 'claimed') and me.judged_at is null and not ${knewIt(viewer)}
    and (a.judges_needed = 1 or (me.id is not null and ${isHeld("me")}) or ${hasPlace(viewer)})`;
}

/** True of an audit with a place left for the viewer: among its judges, or as the adjudicator of a disputed one. */
export function hasPlace(viewer: Viewer): SQL {
  const others = (phase: SQL) => sql`(select count(*) from audit_judgements j where j.audit_id = a.id
    and j.auditor <> ${viewer.name} and ${phase} and (j.judged_at is not null or ${isHeld("j")}))`;
  return sql`case when a.disputed_at is null then ${others(sql`not j.adjudication`)} < a.judges_needed
    else ${others(sql`j.adjudication`)} = 0 end`;
}
