import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { evaluatorAgreement, isBelowFloor, type TieRule } from "../agreement";
import type { AgreementView, EvaluatorRef } from "../views";
import { figureOf, readEvaluator } from "./read-evaluators";
import { readRulings } from "./read-rulings";

type Ask = { params: EvaluatorRef; query: { ties: TieRule } };

export const answerAgreement = (ctx: Context, { params, query }: Ask) =>
  getAgreement(ctx, { ...params, ...query });

type Day = {
  day: string;
  n: number;
  agreement: number | null;
  kappa: number | null;
  low: number | null;
  high: number | null;
  bias: number | null;
};

/** How far an evaluator agrees with people now, and day by day of the last year. Throws `not_found`. */
export async function getAgreement(
  ctx: Context,
  input: EvaluatorRef & { ties: TieRule },
): Promise<AgreementView> {
  authorize(ctx, "evaluators.read");
  const evaluator = await readEvaluator(ctx, input.evaluator);
  const now = evaluatorAgreement(await readRulings(ctx, evaluator.id), input.ties);
  const { kappa_floor: kappaFloor, min_rulings: minRulings } = evaluator;
  const { ess, ...figures } = now;
  return {
    ...figures,
    object: "evaluator_agreement",
    evaluator_id: evaluator.id,
    ties: input.ties,
    effective_n: ess,
    floor: {
      kappa: kappaFloor,
      min_rulings: minRulings,
      below: isBelowFloor(now, { kappaFloor, minRulings }),
    },
    days: await readDays(ctx, evaluator.id),
  };
}

async function readDays(ctx: Context, id: string): Promise<AgreementView["days"]> {
  const rows = await rowsOf<Day>(
    ctx.db,
    sql`select * from (select day, n, agreement, kappa, kappa_low as low, kappa_high as high, bias from evaluator_agreements
      where evaluator_id = ${id} order by day desc limit 366) d order by day`,
  );
  return rows.map(({ kappa, low, high, ...day }) => ({ ...day, kappa: figureOf(kappa, low, high) }));
}
