import { and, eq, sql } from "drizzle-orm";
import { evaluators } from "@/db/schema";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { emit } from "@/lib/server/events";
import { record } from "@/lib/server/journal";
import { rowsOf } from "@/lib/server/rows";
import { evaluatorAgreement, isBelowFloor, type EvaluatorAgreement } from "../agreement";
import { readRulings } from "./read-rulings";

type Due = {
  id: string;
  app_id: string;
  name: string;
  version_id: string;
  kappa_floor: number | null;
  min_rulings: number;
};

/**
 * A timer: measures one evaluator's agreement with people, keeps it as the day's, and demotes an evaluator that is below
 * its floor. An evaluator is due once an hour, and soon after a person gave a ruling. Answers 1, or 0 when none is due.
 */
export async function measureAgreements(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  const [due] = await rowsOf<Due>(
    ctx.db,
    sql`select e.id, e.app_id, e.name, e.version_id, e.kappa_floor, e.min_rulings from evaluators e
      left join evaluator_agreements m on m.evaluator_id = e.id and m.day = to_char(now() at time zone 'UTC', 'YYYY-MM-DD')
      where e.org_id = ${ctx.orgId} and e.status <> 'archived' and (m.computed_at is null
        or m.computed_at < now() - interval '1 hour' or m.version_id <> e.version_id
        or m.computed_at < now() - interval '5 seconds' and exists (select 1 from scores s
          where s.evaluator_id = e.id and s.scorer = 'person' and s.done_at > m.computed_at))
      order by m.computed_at nulls first, e.id limit 1`,
  );
  if (!due) return 0;
  const now = evaluatorAgreement(await readRulings(ctx, due.id));
  await inTransaction(ctx, async (ctx) => {
    await keep(ctx, due, now);
    const floor = { kappaFloor: due.kappa_floor, minRulings: due.min_rulings };
    if (isBelowFloor(now, floor)) await demote(ctx, due, now);
  });
  return 1;
}

async function keep(ctx: Context, { id, version_id }: Due, now: EvaluatorAgreement): Promise<void> {
  const { n, agreement, kappa, bias } = now;
  await rowsOf(
    ctx.db,
    sql`insert into evaluator_agreements (evaluator_id, day, org_id, version_id, n, agreement, agreement_low, agreement_high,
        kappa, kappa_low, kappa_high, bias)
      values (${id}, to_char(now() at time zone 'UTC', 'YYYY-MM-DD'), ${ctx.orgId}, ${version_id}, ${n},
        ${agreement?.value ?? null}::float8, ${agreement?.low ?? null}::float8, ${agreement?.high ?? null}::float8,
        ${kappa?.value ?? null}::float8, ${kappa?.low ?? null}::float8, ${kappa?.high ?? null}::float8, ${bias}::float8)
      on conflict (evaluator_id, day) do update set version_id = excluded.version_id, n = excluded.n,
        agreement = excluded.agreement, agreement_low = excluded.agreement_low, agreement_high = excluded.agreement_high,
        kappa = excluded.kappa, kappa_low = excluded.kappa_low, kappa_high = excluded.kappa_high, bias = excluded.bias,
        computed_at = now()`,
  );
}

/** By compare-and-set: an evaluator that was given a new version meanwhile is another one, and counts. */
async function demote(ctx: Context, due: Due, { n, kappa }: EvaluatorAgreement): Promise<void> {
  const why = `Kappa ${two(kappa?.value)} (95 %: ${two(kappa?.low)} to ${two(kappa?.high)}) over ${n} rulings is below its floor of ${two(due.kappa_floor)}.`;
  const [demoted] = await ctx.db
    .update(evaluators)
    .set({ status: "demoted", statusWhy: why })
    .where(
      and(
        eq(evaluators.id, due.id),
        eq(evaluators.orgId, ctx.orgId),
        eq(evaluators.status, "active"),
        eq(evaluators.versionId, due.version_id),
        due.kappa_floor === null ? sql`false` : eq(evaluators.kappaFloor, due.kappa_floor),
      ),
    )
    .returning({ id: evaluators.id });
  if (!demoted) return;
  const data = { app: due.app_id, name: due.name, why, n, kappa: kappa?.value, floor: due.kappa_floor };
  await emit(ctx, { type: "evaluator.demoted", subject: due.id, data });
  const { name: _, ...journalled } = data;
  await record(ctx, "evaluator.demoted", due.id, journalled);
}

function two(value: number | null | undefined): string {
  return (value ?? 0).toFixed(2);
}
