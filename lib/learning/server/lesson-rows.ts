import { createHash } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { learningText } from "@/lib/models/learning-text";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { mostLessons, type LearningFile, type LearningFilter } from "../exports";
import { likenessOf, splitRows, type Splittable } from "../split";
import { sideOf } from "./gather-labels";
import { stamp } from "./stamp";

/** Which decisions an export is of; `until` is when it was asked for. */
export type LessonScope = { appId: string; typeId: string; filter: LearningFilter; until: string };

export type LessonRow = {
  id: string;
  input: JsonObject;
  arguments: JsonObject;
  edited: JsonObject | null;
  predicted: "positive" | "negative";
  truth: "positive" | "negative";
  pi: number;
  source: "review" | "audit";
  actor: string;
  labelled_at: string;
  route: string;
  blind: boolean;
  confidence: number | null;
  model: string | null;
  prompt_version: string | null;
};

// Only what a person said: an outcome that a system told is no lesson of theirs. An auditor's word goes before a reviewer's.
const lessons = (ctx: Context, { appId, typeId, filter, until }: LessonScope): SQL => sql`decisions d
  join lateral (select source, truth, pi_label, actor, created_at from labels
    where decision_id = d.id and source in ('audit', 'review') and actor like 'user:%' and created_at <= ${until}::timestamptz
    order by source limit 1) l on true
  where d.org_id = ${ctx.orgId} and d.app_id = ${appId} and d.type_id = ${typeId} and not d.measure and d.truth is not null
    and d.created_at <= ${until}::timestamptz
    and (${filter.from ?? null}::timestamptz is null or d.created_at >= ${filter.from ?? null}::timestamptz)
    and (${filter.to ?? null}::timestamptz is null or d.created_at < ${filter.to ?? null}::timestamptz)`;

const isBlind = sql`(l.source = 'review' and exists (select 1 from reviews r
  where r.decision_id = d.id and r.blind and r.verdict is not null))`;

const rowsAtOnce = 1000;

/**
 * Which file each decision's line stands in, the same however often it is asked. Known answers and blind reviews are kept for
 * tests; nothing of one subject and no near-duplicate stands in both. Null: more decisions than one export holds.
 */
export async function sidesOf(ctx: Context, scope: LessonScope): Promise<Map<string, LearningFile> | null> {
  const all: Splittable[] = [];
  for (let after = ""; ;) {
    const rows = await rowsOf<{ id: string; subject: string | null; input: JsonValue; kept: boolean }>(
      ctx.db,
      sql`select d.id, d.subject_type || ':' || d.subject_id as subject, d.input,
          ${isBlind} or exists (select 1 from gold_items g where g.org_id = d.org_id and g.decision_id = d.id
            and g.created_at <= ${scope.until}::timestamptz) as kept
        from ${lessons(ctx, scope)} and d.id > ${after} order by d.id limit ${rowsAtOnce}`,
    );
    for (const { id, subject, input, kept } of rows)
      all.push({ id, subject, likeness: shortLikeness(input), ...(kept ? { fixed: "test" as const } : {}) });
    const last = rows.at(-1);
    if (all.length > mostLessons) return null;
    if (!last || rows.length < rowsAtOnce) break;
    after = last.id;
  }
  const { train, test } = splitRows(all, { testShare: scope.filter.test_share, hash: sideOf });
  return new Map([
    ...train.map(({ id }) => [id, "train"] as const),
    ...test.map(({ id }) => [id, "test"] as const),
  ]);
}

// A digest stands for a long text: fifty thousand of them are held at once.
function shortLikeness(input: JsonValue): string {
  const likeness = likenessOf(learningText(input));
  return likeness.length < 64 ? likeness : createHash("sha256").update(likeness).digest("hex");
}

/** The next decisions of an export, in the order of their ids. */
export function readLessons(
  ctx: Context,
  scope: LessonScope,
  { after, limit }: { after: string; limit: number },
): Promise<LessonRow[]> {
  return rowsOf<LessonRow>(
    ctx.db,
    sql`select d.id, d.input, d.arguments, d.edited_arguments as edited, d.predicted, l.truth, l.pi_label as pi, l.source, l.actor,
        ${stamp("l.created_at")} as labelled_at, d.route, ${isBlind} as blind, d.confidence, d.model ->> 'name' as model,
        d.prompt_version
      from ${lessons(ctx, scope)} and d.id > ${after} order by d.id limit ${limit}`,
  );
}
