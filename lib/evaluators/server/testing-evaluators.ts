import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { CreateEvaluator, type EvaluatorView } from "../views";
import { createEvaluatorRule } from "./change-rules";
import { createEvaluator } from "./create-evaluator";
import { openScores } from "./open-scores";

/** An evaluator as the API would make it; `exact` unless said otherwise. */
export function anEvaluator(
  ctx: Context,
  app: string,
  given: Partial<CreateEvaluator> = {},
): Promise<EvaluatorView> {
  return createEvaluator(
    ctx,
    CreateEvaluator.parse({ app, name: "Right or wrong", kind: "exact", config: {}, ...given }),
  );
}

/** A rule that draws everything at once unless said otherwise. */
export function aRule(
  ctx: Context,
  evaluator: string,
  given: { condition?: string; rate?: number; delay_seconds?: number; type?: string } = {},
): Promise<EvaluatorView> {
  const all = { type: null, condition: null, rate: 1, delay_seconds: 0 };
  return createEvaluatorRule(ctx, { evaluator, ...all, ...given });
}

/** Everything that came in until now is drawn; whatever other tests are writing just now is waited for. */
export async function openAll(system: Context): Promise<void> {
  // The cursor of a rule made this millisecond may be this millisecond's: decisions come a little later.
  await new Promise((resolve) => setTimeout(resolve, 5));
  for (let tries = 0; tries < 2000 && (await isBehind(system)); tries += 1) {
    if ((await openScores(system, { settledAfterSeconds: 0 })) > 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function isBehind(system: Context): Promise<boolean> {
  const [row] = await rowsOf<{ behind: boolean }>(
    system.db,
    sql`select exists (select 1 from evaluator_rules r join evaluators e on e.id = r.evaluator_id
      where r.org_id = ${system.orgId} and r.enabled and e.status <> 'archived'
        and exists (select 1 from decisions d where d.id > r.cursor)) as behind`,
  );
  return row?.behind ?? false;
}
