import { sql } from "drizzle-orm";
import type { EvaluatorInForce } from "@/lib/evaluators/scorable";
import { scoreItem } from "@/lib/evaluators/server/score-item";
import { qualities, type EvaluatorStatus, type Quality } from "@/lib/evaluators/vocabulary";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { addPair, addScore, emptyTally, figuresOfTally, type Tally } from "../evaluator-tally";
import type { EvaluatorRow } from "../experiments";
import { askedKinds, evaluatorsOf } from "./asked-evaluators";
import type { ItemRow } from "./item-row";
import { answeredItem } from "./scored-answer";

type Row = EvaluatorInForce & { name: string; status: EvaluatorStatus };
type Told = { quality: Quality; score: number | null; passed: boolean | null };
type About = { id: string; app_id: string; type_id: string; baseline: string };

/**
 * What the app's evaluators say of every candidate: those that are reckoned here as they are now, and judges and services as
 * they were asked. One that agrees too little with people is shown and does not count.
 */
export async function evaluatorRows(ctx: Context, about: About) {
  const [free, asked] = [await freeEvaluators(ctx, about), await evaluatorsOf(ctx, about.id)];
  const costs = await costsOf(ctx, about.id);
  const tallies = new Map<string, Tally>();
  const keyOf = (evaluator: string, quality: Quality, candidate: string) =>
    `${evaluator}/${quality}/${candidate}`;
  const tallyOf = (key: string): Tally => {
    const known = tallies.get(key) ?? emptyTally();
    tallies.set(key, known);
    return known;
  };
  return {
    async add(row: ItemRow): Promise<void> {
      for (const { evaluator, told } of await scoresOf(ctx, free, row, about)) {
        for (const [candidate, scores] of told) {
          for (const { quality, ...score } of scores) {
            const tally = tallyOf(keyOf(evaluator, quality, candidate));
            addScore(tally, score);
            const beside = told.get(about.baseline)?.find((one) => one.quality === quality)?.passed ?? null;
            if (candidate === about.baseline || score.passed === null || beside === null) continue;
            addPair(tally, { baseline: beside, own: score.passed });
          }
        }
      }
    },
    of(candidate: string): EvaluatorRow[] {
      return [...free, ...asked].flatMap(({ evaluatorId, name, quality: own, status, kind }) => {
        const seen = (quality: Quality) =>
          [...tallies.keys()].some((key) => key.startsWith(`${evaluatorId}/${quality}/`));
        return qualities
          .filter((quality) => quality === own || seen(quality))
          .map((quality) => ({
            evaluator_id: evaluatorId,
            name,
            quality,
            kind,
            counts: status === "active",
            ...figuresOfTally(tallies.get(keyOf(evaluatorId, quality, candidate)) ?? emptyTally()),
            // One question, one price: it stands with the quality that the evaluator is about.
            cost_micros: quality === own ? (costs.get(`${evaluatorId}/${candidate}`) ?? null) : null,
          }));
      });
    },
  };
}

function freeEvaluators(ctx: Context, { app_id }: About): Promise<Row[]> {
  return rowsOf<Row>(
    ctx.db,
    sql`select e.id as "evaluatorId", v.id as "versionId", e.app_id as "appId", e.kind, e.quality, v.config, null as secret,
        e.name, e.status
      from evaluators e join evaluator_versions v on v.id = e.version_id
      where e.org_id = ${ctx.orgId} and e.app_id = ${app_id} and e.status in ('active', 'demoted')
        and e.kind not in ${askedKinds} order by e.id limit 20`,
  );
}

async function costsOf(ctx: Context, id: string): Promise<Map<string, number>> {
  const rows = await rowsOf<{ evaluator_id: string; candidate_id: string; cost: number | null }>(
    ctx.db,
    sql`select evaluator_id, candidate_id, sum(cost_micros)::float8 as cost from experiment_scores
      where experiment_id = ${id} group by 1, 2`,
  );
  return new Map(
    rows.flatMap((row) => (row.cost === null ? [] : [[`${row.evaluator_id}/${row.candidate_id}`, row.cost]])),
  );
}

type Spoken = { evaluator: string; told: Map<string, Told[]> };

/** What each evaluator says of an item's answers, by the candidate. */
async function scoresOf(
  ctx: Context,
  free: readonly Row[],
  row: ItemRow,
  { type_id: typeId }: About,
): Promise<Spoken[]> {
  const spoken: Spoken[] = [];
  const about = { input: row.input, truth: row.truth, expected: row.expected, decision_id: row.decision_id };
  for (const evaluator of free) {
    const told = new Map<string, Told[]>();
    for (const answer of row.answers) {
      if (answer.status !== "done" || answer.predicted === null) continue;
      const answered = {
        ...about,
        ...answer,
        predicted: answer.predicted,
        context: null,
        prompt: null,
        typeId,
      };
      told.set(answer.candidate, await scoreItem(ctx, evaluator, answeredItem(answered)));
    }
    spoken.push({ evaluator: evaluator.evaluatorId, told });
  }
  for (const [evaluator, scores] of Map.groupBy(row.scores ?? [], (one) => one.evaluator)) {
    spoken.push({ evaluator, told: new Map(scores.map(({ candidate, given }) => [candidate, given])) });
  }
  return spoken;
}
