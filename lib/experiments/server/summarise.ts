import { sql } from "drizzle-orm";
import type { Segment } from "@/lib/apps/schema";
import { sameJson } from "@/lib/evaluators/same-json";
import { atPointer, isJsonObject, type JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { figuresOf, gateOfCases, segmentsOf, versusOf, type Answer, type Case, type Costs } from "../compare";
import type { CandidateSummary } from "../experiments";
import { evaluatorRows } from "./evaluator-rows";
import type { ItemRow } from "./item-row";

type About = { costs: Costs; segments: Segment[]; margin: number; app_id: string; type_id: string };

const itemsAtOnce = 1000;

/** The figures of every candidate of an experiment, beside the baseline's, from the answers there are. */
export async function summarise(ctx: Context, experimentId: string): Promise<CandidateSummary[]> {
  const [about] = await rowsOf<About>(
    ctx.db,
    sql`select json_build_object('wrongYes', t.cost_wrong_yes, 'wrongNo', t.cost_wrong_no) as costs, t.segments, x.margin,
        x.app_id, x.type_id
      from experiments x join decision_types t on t.id = x.type_id where x.id = ${experimentId} and x.org_id = ${ctx.orgId}`,
  );
  const candidates = await rowsOf<{ id: string; baseline: boolean }>(
    ctx.db,
    sql`select id, is_baseline as baseline from experiment_candidates where experiment_id = ${experimentId} order by position`,
  );
  const baseline = candidates.find((one) => one.baseline)?.id ?? "";
  if (!about) return [];
  const cases: Case[] = [];
  const scores = await evaluatorRows(ctx, { ...about, id: experimentId, baseline });
  for await (const rows of itemsOf(ctx, experimentId)) {
    for (const row of rows) {
      cases.push(caseOf(row, about.segments));
      await scores.add(row);
    }
  }
  return candidates.map(({ id }) => {
    const ids = { baseline, own: id };
    const isBaseline = id === baseline;
    return {
      candidate_id: id,
      figures: figuresOf(cases, id, about.costs),
      versus: isBaseline ? null : versusOf(cases, ids, about.costs),
      gate: isBaseline ? null : gateOfCases(cases, ids, about.margin),
      segments: segmentsOf(cases, about.segments, ids),
      evaluators: scores.of(id),
    };
  });
}

/** The items in order, some at a time: their inputs are not all in memory at once. */
async function* itemsOf(ctx: Context, experimentId: string): AsyncGenerator<ItemRow[]> {
  for (let after = -1; ;) {
    const rows = await rowsOf<ItemRow & { position: number }>(
      ctx.db,
      sql`with page as materialized (select distinct r.position, r.item_id from experiment_results r
          where r.experiment_id = ${experimentId} and r.position > ${after} order by r.position limit ${itemsAtOnce})
        select i.id, i.position, i.decision_id, i.input, i.truth, i.expected,
          (select json_agg(json_build_object('candidate', r.candidate_id, 'status', r.status, 'predicted', r.predicted,
              'confidence', r.confidence, 'costMicros', r.cost_micros, 'latencyMs', r.latency_ms, 'output', r.output))
            from experiment_results r where r.experiment_id = ${experimentId} and r.position = page.position) as answers,
          (select json_agg(json_build_object('candidate', s.candidate_id, 'evaluator', s.evaluator_id, 'given', s.given))
            from experiment_scores s where s.experiment_id = ${experimentId} and s.position = page.position
              and s.status = 'done') as scores
        from page join dataset_items i on i.id = page.item_id order by i.position`,
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < itemsAtOnce) return;
    after = last.position;
  }
}

function caseOf({ truth, input, expected, answers }: ItemRow, segments: readonly Segment[]): Case {
  return {
    truth,
    segments: Object.fromEntries(segments.flatMap((segment) => segmentValue(segment, input))),
    answers: new Map(
      answers.map(({ candidate, output, ...answer }) => [
        candidate,
        {
          ...answer,
          argumentsRight: argumentsRight(answer, output, expected),
          asksPerson: asksPerson(output),
        },
      ]),
    ),
  };
}

function segmentValue({ key, pointer }: Segment, input: JsonObject): [string, string][] {
  const value = atPointer(input, pointer);
  if (value === undefined || value === null || typeof value === "object") return [];
  return [[key, String(value).slice(0, 100)]];
}

function argumentsRight(
  { predicted }: Pick<Answer, "predicted">,
  output: JsonObject | null,
  expected: JsonObject | null,
): boolean | null {
  if (expected === null || predicted !== "positive" || !isJsonObject(output?.arguments)) return null;
  return sameJson(output.arguments, expected);
}

function asksPerson(output: JsonObject | null): boolean | null {
  return output?.route === undefined ? null : output.route === "review";
}
