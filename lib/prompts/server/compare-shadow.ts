import { sql } from "drizzle-orm";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ShadowComparison } from "../endpoints";
import { findPrompt } from "./version-rows";

type Counts = Pick<
  ShadowComparison,
  "answered" | "waiting" | "failed" | "agree" | "other_way" | "other_arguments"
>;
type Row = {
  decision: string;
  status: string;
  predicted: string;
  confidence: number | null;
  shadow_predicted: string | null;
  shadow_confidence: number | null;
  run: string | null;
  same_arguments: boolean | null;
  truth: string | null;
  error: string | null;
  created_at: string;
};

/** Where a version that ran in shadow answered otherwise than the active one did. Throws `not_found`. */
export async function compareShadow(
  ctx: Context,
  input: { app: string; prompt: string; version: number },
): Promise<ShadowComparison> {
  authorize(ctx, "prompts.read");
  const prompt = await findPrompt(ctx, input);
  const [found] = await rowsOf<{ id: string }>(
    ctx.db,
    sql`select id from prompt_versions where prompt_id = ${prompt.id} and version = ${input.version}`,
  );
  if (!found) throw new DomainError("not_found", `The prompt ${prompt.key} has no version ${input.version}.`);
  const counts = await countAnswers(ctx, found.id);
  return {
    object: "shadow_comparison",
    version: input.version,
    ...counts,
    data: (await newestDifferences(ctx, found.id)).map((row) => ({
      object: "shadow_answer",
      decision: row.decision,
      status: row.status,
      active: { predicted: row.predicted, confidence: row.confidence },
      shadow:
        row.shadow_predicted === null
          ? null
          : { predicted: row.shadow_predicted, confidence: row.shadow_confidence, run: row.run },
      same_arguments: row.same_arguments,
      truth: row.truth,
      error: row.error,
      created_at: row.created_at,
    })),
  };
}

const sameWay = sql`s.predicted = d.predicted`;
const sameArguments = sql`s.arguments = d.arguments`;

async function countAnswers(ctx: Context, versionId: string): Promise<Counts> {
  const [counts] = await rowsOf<Counts>(
    ctx.db,
    sql`select count(*) filter (where s.status = 'done')::int as answered,
        count(*) filter (where s.status in ('pending', 'running'))::int as waiting,
        count(*) filter (where s.status in ('failed', 'interrupted'))::int as failed,
        count(*) filter (where s.status = 'done' and ${sameWay} and ${sameArguments})::int as agree,
        count(*) filter (where s.status = 'done' and not (${sameWay}))::int as other_way,
        count(*) filter (where s.status = 'done' and ${sameWay} and not (${sameArguments}))::int as other_arguments
      from shadow_answers s join decisions d on d.id = s.decision_id
      where s.org_id = ${ctx.orgId} and s.prompt_version_id = ${versionId}`,
  );
  return counts ?? { answered: 0, waiting: 0, failed: 0, agree: 0, other_way: 0, other_arguments: 0 };
}

function newestDifferences(ctx: Context, versionId: string): Promise<Row[]> {
  return rowsOf<Row>(
    ctx.db,
    sql`select s.decision_id as decision, s.status, d.predicted, d.confidence, s.predicted as shadow_predicted,
        s.confidence as shadow_confidence, s.run_id as run, ${sameArguments} as same_arguments, d.truth, s.error,
        to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
      from shadow_answers s join decisions d on d.id = s.decision_id
      where s.org_id = ${ctx.orgId} and s.prompt_version_id = ${versionId}
        and (s.status in ('failed', 'interrupted') or (s.status = 'done' and not (${sameWay} and ${sameArguments})))
      order by s.decision_id desc limit 100`,
  );
}
