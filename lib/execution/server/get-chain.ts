import { sql } from "drizzle-orm";
import { latestExecution } from "@/lib/decisions/server/latest-execution";
import { actionSummary } from "@/lib/decisions/summary";
import type { JsonObject } from "@/lib/kernel/json";
import { appBound, authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { maskFor } from "@/lib/policies/server/mask-for";
import { rowsOf } from "@/lib/server/rows";
import type { ChainStep } from "../undo";
import { stamp } from "./execution-view";

type Row = Omit<ChainStep, "summary"> & {
  arguments: JsonObject;
  name: string;
  summary_template: string;
  amount: number | null;
  currency: string | null;
};

const longest = 50;

/** What a decision undoes and every try to undo it, from the original on, in the order they came; a lone one is alone. */
export async function getChain(ctx: Context, { decisionId }: { decisionId: string }): Promise<ChainStep[]> {
  authorize(ctx, "decisions.read");
  const app = appBound(ctx);
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`with recursive up as (
        select id, compensates_id, 0 as steps from decisions where id = ${decisionId} and org_id = ${ctx.orgId}
        union all
        select p.id, p.compensates_id, up.steps + 1 from up join executions e on e.id = up.compensates_id
          join decisions p on p.id = e.decision_id where up.steps < ${longest}),
      chain as (
        (select id, 0 as depth from up order by steps desc limit 1)
        union all
        select c.id, chain.depth + 1 from chain
          join executions e on e.decision_id = chain.id and e.kind = 'action' and e.status <> 'cancelled'
          join decisions c on c.compensates_id = e.id where chain.depth < ${longest})
      select d.id as decision_id, d.status, ${stamp("d.created_at")} as at, d.arguments, t.name, t.summary_template,
        d.amount, d.currency, chain.depth,
        (row_number() over tries)::int as attempt,
        (count(*) over (partition by d.compensates_id))::int as attempts,
        (select u.name from users u where d.submitted_by like 'user:%' and u.id = substr(d.submitted_by, 6)) as by,
        case when e.id is null then null
          else json_build_object('id', e.id, 'status', e.status, 'reference', e.external_reference,
            'error', e.last_error) end as execution
      from chain join decisions d on d.id = chain.id join decision_types t on t.id = d.type_id
      left join ${latestExecution} e on true
      where ${app ? sql`d.app_id = ${app}` : sql`true`}
      window tries as (partition by d.compensates_id order by d.created_at, d.id)
      order by d.created_at, d.id limit ${longest}`,
  );
  const steps = rows.map(({ arguments: args, name, summary_template, amount, currency, ...step }) => ({
    ...step,
    summary: actionSummary(
      summary_template,
      name,
      args,
      amount === null || currency === null ? null : { amount, currency },
    ),
  }));
  return maskFor(ctx, steps);
}
