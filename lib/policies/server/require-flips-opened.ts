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

/** The latest finished replay of a draft, with how much of what it lists was opened; undefined: there is none. */
export async function replayOfDraft(ctx: Context, draft: ReplayedDraft): Promise<ReplayOfDraft | undefined> {
  const [latest] = await rowsOf<ReplayOfDraft>(
    ctx.db,
    sql`select r.id, r.app_id, count(f.decision_id)::int as listed, count(f.opened_at)::int as opened
      from (select id, app_id from replays r where r.org_id = ${ctx.orgId} and r.status = 'done' and ${isOf(draft)}
        and (coalesce((r.spec -> 'period' ->> 'days')::int, 0) >= ${enough.days}
          or coalesce((r.spec -> 'period' ->> 'last')::int, 0) >= ${enough.last})
        order by r.id desc limit 1) r
      left join replay_flips f on f.replay_id = r.id group by r.id, r.app_id`,
  );
  return latest;
}

/**
 * Refuses a draft while past decisions that it would have let act are unopened: those that its latest finished replay
 * lists, each opened by somebody. `missing` says what it means that there is no such replay. A policy that was edited
 * since counts as not replayed. It stands here because a policy is published before any later room. Throws
 * `flips_unopened` and `replay_required`.
 */
export async function requireFlipsOpened(
  ctx: Context,
  draft: ReplayedDraft,
  { missing }: { missing: "refuse" | "pass" },
): Promise<void> {
  const latest = await replayOfDraft(ctx, draft);
  if (!latest && missing === "pass") return;
  if (!latest) {
    throw new DomainError(
      "conflict",
      "This draft was not replayed, as it is now, on 7 days or 1,000 past decisions.",
      {
        code: "replay_required",
      },
    );
  }
  const left = latest.listed - latest.opened;
  if (left === 0) return;
  const what = left === 1 ? "One past decision" : `${left} past decisions`;
  throw new DomainError(
    "conflict",
    `${what} that it would have let act ${left === 1 ? "is" : "are"} unopened.`,
    {
      code: "flips_unopened",
      extra: { replay: latest.id, app: latest.app_id, unopened: left },
    },
  );
}

function isOf(draft: ReplayedDraft): SQL {
  if (draft.kind === "policy") {
    return sql`r.kind = 'policy' and r.spec ->> 'version_id' = ${draft.versionId}
      and r.spec ->> 'digest' = (select md5(v.rules::text) from policy_versions v where v.id = ${draft.versionId})`;
  }
  const { appId, typeId, predicted, threshold, since } = draft;
  return sql`r.kind = 'threshold' and r.app_id = ${appId} and r.spec ->> 'type_id' = ${typeId}
    and r.created_at >= ${since.toISOString()}::timestamptz
    and (r.spec -> 'thresholds' ->> ${predicted}::text)::float8 = ${threshold}::float8`;
}
