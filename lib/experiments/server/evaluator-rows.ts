import { sql } from "drizzle-orm";
import type { EvaluatorInForce } from "@/lib/evaluators/scorable";
import { scoreItem } from "@/lib/evaluators/server/score-item";
import type { EvaluatorStatus } from "@/lib/evaluators/vocabulary";
import { isJsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { shareOf } from "../compare";
import type { EvaluatorRow } from "../experiments";
import type { ItemRow } from "./item-row";

type Row = EvaluatorInForce & { name: string; status: EvaluatorStatus };
type Tally = { n: number; ruled: number; passed: number; scored: number; sum: number };

/**
 * What the app's evaluators say of every candidate, of those that cost nothing to ask: judges and other programs are paid or
 * left alone. One that agrees too little with people is shown and does not count.
 */
export async function evaluatorRows(ctx: Context, { app_id, type_id }: { app_id: string; type_id: string }) {
  const evaluators = await rowsOf<Row>(
    ctx.db,
    sql`select e.id as "evaluatorId", v.id as "versionId", e.app_id as "appId", e.kind, e.quality, v.config, null as secret,
        e.name, e.status
      from evaluators e join evaluator_versions v on v.id = e.version_id
      where e.org_id = ${ctx.orgId} and e.app_id = ${app_id} and e.status in ('active', 'demoted')
        and e.kind not in ('llm_judge', 'http') order by e.id limit 20`,
  );
  const tallies = new Map<string, Tally>();
  const tallyOf = (evaluator: string, candidate: string): Tally => {
    const key = `${evaluator}/${candidate}`;
    const known = tallies.get(key) ?? { n: 0, ruled: 0, passed: 0, scored: 0, sum: 0 };
    tallies.set(key, known);
    return known;
  };
  return {
    async add(row: ItemRow): Promise<void> {
      for (const answer of row.answers) {
        if (answer.status !== "done" || answer.predicted === null) continue;
        for (const evaluator of evaluators) {
          const given = await scoreItem(
            ctx,
            evaluator,
            scorableOf(row, { ...answer, predicted: answer.predicted }, type_id),
          );
          for (const score of given) addTo(tallyOf(evaluator.evaluatorId, answer.candidate), score);
        }
      }
    },
    of(candidate: string): EvaluatorRow[] {
      return evaluators.map(({ evaluatorId, name, quality, status }) => {
        const { n, ruled, passed, scored, sum } = tallyOf(evaluatorId, candidate);
        return {
          evaluator_id: evaluatorId,
          name,
          quality,
          counts: status === "active",
          n,
          score: scored === 0 ? null : sum / scored,
          passed: shareOf(passed, ruled),
        };
      });
    },
  };
}

type Given = { score: number | null; passed: boolean | null };

function addTo(tally: Tally, { score, passed }: Given): void {
  if (score === null && passed === null) return;
  tally.n += 1;
  if (passed !== null) tally.ruled += 1;
  if (passed === true) tally.passed += 1;
  if (score !== null) {
    tally.scored += 1;
    tally.sum += score;
  }
}

type Answered = ItemRow["answers"][number] & { predicted: "positive" | "negative" };

function scorableOf({ input, truth, expected, decision_id }: ItemRow, answer: Answered, typeId: string) {
  const { output, predicted, confidence, latencyMs, costMicros } = answer;
  return {
    input,
    context: null,
    output: {
      predicted,
      arguments: isJsonObject(output?.arguments) ? output.arguments : {},
      rationale: typeof output?.rationale === "string" ? output.rationale : "",
    },
    expected: { truth, arguments: expected },
    confidence,
    latencyMs,
    costMicros,
    prompt: null,
    typeId,
    decisionId: decision_id,
    askedBy: null,
  };
}
