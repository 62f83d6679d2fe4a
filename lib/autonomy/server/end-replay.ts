import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import type { ReplayResult } from "../replay-views";
import type { ReplaySums } from "../replay-sums";
import type { ReplayJob } from "./job-of-replay";

type End = { kind: "done"; sums: ReplaySums; result: ReplayResult } | { kind: "failed"; sentence: string };

/** Closes a replay with what came of it, and lists the flips; unless it was cancelled or somebody else did. */
export async function endReplay(ctx: Context, job: ReplayJob, end: End): Promise<void> {
  authorize(ctx, "system.run");
  const columns =
    end.kind === "done"
      ? sql`result = ${JSON.stringify(end.result)}::jsonb, done = ${job.done}, total = ${job.done}, error = null`
      : sql`error = ${end.sentence.slice(0, 500)}`;
  await inTransaction({ ...ctx, now: new Date() }, async (ctx) => {
    const [ended] = await rowsOf(
      ctx.db,
      sql`update replays set status = ${end.kind}, ${columns}, state = null, lease_until = null, finished_at = now()
        where id = ${job.id} and status = 'running' and cursor is not distinct from ${job.cursor} returning id`,
    );
    if (!ended) return;
    if (end.kind === "done") await listFlips(ctx, job.id, end.sums);
    const data = { status: end.kind, decisions: job.done };
    await emit(ctx, { type: "replay.finished", subject: job.id, data });
    await record(ctx, "replay.finished", job.id, data);
  });
}

async function listFlips(ctx: Context, replayId: string, { flips }: ReplaySums): Promise<void> {
  await rowsOf(
    ctx.db,
    sql`insert into replay_flips (replay_id, decision_id, org_id, was, would)
      select ${replayId}, f.id, ${ctx.orgId}, f.was, f.would
      from json_to_recordset(${JSON.stringify(flips.listed)}::json) as f(id text, was text, would text)`,
  );
}
