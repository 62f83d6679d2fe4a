import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { evaluatorAgreement, isBelowFloor, type TieRule } from "../agreement";
import { peopleAgreement } from "../people-agreement";
import type { AgreementView, EvaluatorRef, EvaluatorView } from "../views";
import type { Quality } from "../vocabulary";
import { figureOf, passRateOf, passSums, readEvaluator, type PassSums } from "./read-evaluators";
import { readPeople } from "./read-people";
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
    among_people: peopleAgreement(await readPeople(ctx, evaluator.id), input.ties),
    qualities: await readQualities(ctx, evaluator, input.ties),
    days: await readDays(ctx, evaluator.id),
  };
}

/** Each quality that the current version gives, by itself: what passes, and how far people agree. */
async function readQualities(
  ctx: Context,
  { id, quality: own }: EvaluatorView,
  ties: TieRule,
): Promise<AgreementView["qualities"]> {
  const rows = await rowsOf<PassSums & { quality: Quality }>(
    ctx.db,
    sql`select q.quality, p.* from evaluators e cross join (values ('prompt'), ('context'), ('output')) as q(quality)
      cross join lateral (${passSums(sql`s.evaluator_id = e.id and s.version_id = e.version_id and s.quality = q.quality
        and s.created_at > now() - interval '30 days'`)}) p
      where e.id = ${id} and e.org_id = ${ctx.orgId}`,
  );
  const given = rows.filter(({ quality, yes_n, no_n }) => quality === own || yes_n + no_n > 0);
  return Promise.all(
    given.map(async ({ quality, ...sums }) => {
      const { n, agreement, kappa, bias } = evaluatorAgreement(await readRulings(ctx, id, quality), ties);
      return { quality, pass_rate: passRateOf(sums), n, agreement, kappa, bias };
    }),
  );
}

async function readDays(ctx: Context, id: string): Promise<AgreementView["days"]> {
  const rows = await rowsOf<Day>(
    ctx.db,
    sql`select * from (select day, n, agreement, kappa, kappa_low as low, kappa_high as high, bias from evaluator_agreements
      where evaluator_id = ${id} order by day desc limit 366) d order by day`,
  );
  return rows.map(({ kappa, low, high, ...day }) => ({ ...day, kappa: figureOf(kappa, low, high) }));
}
