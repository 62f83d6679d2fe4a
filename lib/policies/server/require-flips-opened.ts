import { sql, type SQL } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** What somebody wants to put in force, as a replay names it. */
export type ReplayedDraft =
  | { kind: "policy"; versionId: string }
  | {
      kind: "threshold";
      appId: string;
      typeId: string;
      predicted: string;
      threshold: number;
      /** A replay of before it is none: what is proposed rests on a later period. */
      since: Date;
    };

/** A shorter replay shows too little to go by. */
const enough = { days: 7, last: 1000 };

export type ReplayOfDraft = { id: string; app_id: string; listed: number; opened: number };

/**
 * What the finished replays of a draft list together, a decision counted once and as opened wherever it was; undefined:
 * there is none. All of them count, so that a further one over a quieter period takes nothing back. Named is the newest
 * that lists something unopened, or the newest.
 */
export async function replayOfDraft(ctx: Context, draft: ReplayedDraft): Promise<ReplayOfDraft | undefined> {
  const [found] = await rowsOf<ReplayOfDraft>(
    ctx.db,
    sql`with finished as (select r.id, r.app_id from replays r
        where r.org_id = ${ctx.orgId} and r.status = 'done' and ${isOf(draft)} and ${isEnough}),
      flips as (select f.decision_id, bool_or(f.opened_at is not null) as opened, max(f.replay_id) as replay_id
        from replay_flips f join finished r on r.id = f.replay_id group by f.decision_id)
      select r.id, r.app_id, (select count(*)::int from flips) as listed,
        (select count(*)::int from flips where opened) as opened
      from finished r
      order by exists (select from flips f where f.replay_id = r.id and not f.opened) desc, r.id desc limit 1`,
  );
  return found;
}

/**
 * Refuses a draft while past decisions that it would have let act are unopened: those that its finished replays list,
 * each opened by somebody. `missing` says what it means that there is no such replay. A policy that was edited since
 * counts as not replayed, and so does one of every app while an app that is at work was left out. It stands here because
 * a policy is published before any later room. Throws `flips_unopened` and `replay_required`.
 */
export async function requireFlipsOpened(
  ctx: Context,
  draft: ReplayedDraft,
  { missing }: { missing: "refuse" | "pass" },
): Promise<void> {
  const replayed = await replayOfDraft(ctx, draft);
  if (missing === "refuse") await requireReplayed(ctx, draft, replayed);
  if (!replayed) return;
  const left = replayed.listed - replayed.opened;
  if (left === 0) return;
  const what = left === 1 ? "One past decision" : `${left} past decisions`;
  throw new DomainError(
    "conflict",
    `${what} that it would have let act ${left === 1 ? "is" : "are"} unopened.`,
    {
      code: "flips_unopened",
      extra: { replay: replayed.id, app: replayed.app_id, unopened: left },
    },
  );
}

async function requireReplayed(
  ctx: Context,
  draft: ReplayedDraft,
  replayed: ReplayOfDraft | undefined,
): Promise<void> {
  const of = draft.kind === "policy" ? " of all types" : "";
  if (!replayed)
    notReplayed(`This draft was not replayed, as it is now, on 7 days or 1,000 past decisions${of}.`);
  const [left] = draft.kind === "policy" ? await appsLeftOut(ctx, draft) : [];
  if (left)
    notReplayed(`It holds for every app, and was not replayed, as it is now, on those of ${left.name}.`);
}

function notReplayed(sentence: string): never {
  throw new DomainError("conflict", sentence, { code: "replay_required" });
}

/** Of a policy that holds for every app: those with decisions of the last days on which it was not replayed. */
function appsLeftOut(ctx: Context, draft: ReplayedDraft & { kind: "policy" }): Promise<{ name: string }[]> {
  return rowsOf<{ name: string }>(
    ctx.db,
    sql`select a.name from apps a
      where a.org_id = ${ctx.orgId} and exists (select from policy_versions v join policies p on p.id = v.policy_id
          where v.id = ${draft.versionId} and p.app_id is null)
        and exists (select from decisions d where d.org_id = ${ctx.orgId} and d.app_id = a.id
          and d.created_at > now() - make_interval(days => ${enough.days}))
        and not exists (select from replays r where r.org_id = ${ctx.orgId} and r.app_id = a.id
          and r.status = 'done' and ${isOf(draft)} and ${isEnough})
      order by a.name limit 1`,
  );
}

const isEnough = sql`(coalesce((r.spec -> 'period' ->> 'days')::int, 0) >= ${enough.days}
  or coalesce((r.spec -> 'period' ->> 'last')::int, 0) >= ${enough.last})`;

function isOf(draft: ReplayedDraft): SQL {
  if (draft.kind === "policy") {
    // Of one type alone it says nothing of the others, for which the policy holds as well.
    return sql`r.kind = 'policy' and r.spec ->> 'version_id' = ${draft.versionId} and r.spec ->> 'type_id' is null
      and r.spec ->> 'digest' = (select md5(v.rules::text) from policy_versions v where v.id = ${draft.versionId})`;
  }
  const { appId, typeId, predicted, threshold, since } = draft;
  return sql`r.kind = 'threshold' and r.app_id = ${appId} and r.spec ->> 'type_id' = ${typeId}
    and r.created_at >= ${since.toISOString()}::timestamptz
    and (r.spec -> 'thresholds' ->> ${predicted}::text)::float8 = ${threshold}::float8`;
}
