import { sql, type SQL } from "drizzle-orm";
import type { JsonObject } from "@/lib/kernel/json";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";

/** Of a row `c` of contracts: whether a decision `d` is one of its segment. */
export const ofSegment: SQL = sql`d.org_id = c.org_id and d.app_id = c.app_id and d.type_id = c.type_id and d.predicted = c.predicted
  and ((c.amount_from is null and c.amount_to is null)
    or (d.amount >= coalesce(c.amount_from, d.amount) and (c.amount_to is null or d.amount < c.amount_to))) and not d.measure`;

/** The published policies that bear on the contract `c`, as a sorted JSON array of version ids. */
export const policiesOf: SQL = sql`(select coalesce(jsonb_agg(v.id order by v.id), '[]'::jsonb) from policy_versions v
  join policies p on p.id = v.policy_id where v.org_id = c.org_id and v.status = 'published' and p.archived_at is null
    and (p.app_id is null or p.app_id = c.app_id))`;

/** What the type of the contract `c` says that wrong decisions cost, and where it reads amounts, as JSON. */
export const costsOf: SQL = sql`(select jsonb_build_object('yes', t.cost_wrong_yes, 'no', t.cost_wrong_no, 'currency', t.currency,
    'amount', concat_ws(' ', t.amount_pointer, t.currency_pointer))
  from decision_types t where t.id = c.type_id)`;

/**
 * What a contract's next decisions come from, as far as can be told: the model and the prompt of the newest decision of
 * its segment, the published policies that bear on it, and what its type says that wrong decisions cost.
 */
export async function readPins(ctx: Context, contractId: string): Promise<JsonObject> {
  const [row] = await rowsOf<{ pins: JsonObject }>(
    ctx.db,
    sql`select jsonb_build_object('policies', ${policiesOf}, 'costs', ${costsOf})
        || coalesce((select jsonb_build_object('model', d.model ->> 'name', 'prompt', d.prompt_version) from decisions d
          where ${ofSegment} order by d.created_at desc limit 1), '{}'::jsonb) as pins
      from contracts c where c.id = ${contractId} and c.org_id = ${ctx.orgId}`,
  );
  return row?.pins ?? {};
}
