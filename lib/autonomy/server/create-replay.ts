import { sql } from "drizzle-orm";
import { findApp, findType } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { actorName, inTransaction, type Context } from "@/lib/server/context";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { mostReplaysAtOnce, type NewReplay, type ReplayDraft, type ReplayView } from "../replay-views";
import { replayView, requirePerson, type ReplaySpec } from "./rows-of-replay";

/**
 * Asks for past decisions of an app to be routed again under a draft; a worker does it, and nothing of the decisions
 * changes. Throws `not_found`, `validation_failed` and `too_many_replays`.
 */
export async function createReplay(ctx: Context, input: NewReplay): Promise<ReplayView> {
  authorize(ctx, "replays.run");
  requirePerson(ctx);
  const app = await findApp(ctx, input.app);
  const typeId = input.type === undefined ? null : (await findType(ctx, input.type)).id;
  const asked = await draftOf(ctx, app.id, input);
  return inTransaction(ctx, async (ctx) => {
    // One request at a time: two at once would both count one too few.
    await rowsOf(ctx.db, sql`select pg_advisory_xact_lock(hashtextextended(${`replays ${ctx.orgId}`}, 0))`);
    await requireRoom(ctx);
    const id = newId("replay");
    const [{ until } = { until: "" }] = await rowsOf<{ until: string }>(
      ctx.db,
      sql`select now()::text as until`,
    );
    const spec: ReplaySpec = { ...asked, period: input.period, until, type_id: typeId };
    await rowsOf(
      ctx.db,
      sql`insert into replays (id, org_id, app_id, kind, spec, created_by)
        values (${id}, ${ctx.orgId}, ${app.id}, ${input.kind}, ${JSON.stringify(spec)}::jsonb, ${actorName(ctx.actor)})`,
    );
    await record(ctx, "replay.asked", id, {
      app: app.key,
      type: input.type ?? null,
      draft: asked.draft,
      period: input.period,
    });
    return replayView(ctx, id);
  });
}

type Asked = Pick<ReplaySpec, "draft" | "thresholds" | "version_id" | "digest">;

async function draftOf(ctx: Context, appId: string, input: NewReplay): Promise<Asked> {
  if (input.kind === "threshold") {
    const { thresholds, audit_rate } = input;
    return { draft: { kind: "threshold", thresholds, audit_rate }, thresholds };
  }
  const [version] = await rowsOf<
    Extract<ReplayDraft, { kind: "policy" }> & { digest: string; app_id: string | null }
  >(
    ctx.db,
    sql`select v.id as version_id, v.policy_id, p.name as policy, v.number, p.app_id, md5(v.rules::text) as digest
      from policy_versions v join policies p on p.id = v.policy_id
      where v.id = ${input.version} and v.org_id = ${ctx.orgId}`,
  );
  if (!version) throw new DomainError("not_found", `There is no policy version ${input.version}`);
  if (version.app_id !== null && version.app_id !== appId) {
    throw new DomainError("invalid", "This policy is another app's", {
      code: "validation_failed",
      errors: [{ pointer: "/version", code: "other_app", message: "belongs to a policy of another app" }],
    });
  }
  const { digest, version_id, policy_id, policy, number } = version;
  return { draft: { kind: "policy", version_id, policy_id, policy, number }, version_id, digest };
}

async function requireRoom(ctx: Context): Promise<void> {
  const [row] = await rowsOf<{ count: number }>(
    ctx.db,
    sql`select count(*)::int as count from replays
      where org_id = ${ctx.orgId} and status in ('pending', 'running')`,
  );
  if ((row?.count ?? 0) < mostReplaysAtOnce) return;
  throw new DomainError("limited", `${mostReplaysAtOnce} replays are under way already`, {
    code: "too_many_replays",
  });
}
