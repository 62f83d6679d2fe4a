import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { dispute, type HeldExecution } from "./apply-evidence";

/**
 * Answers that came after their execution had ended otherwise (by a callback, by a person): one that says the same
 * adds what was not known yet; one that says the contrary makes it disputed. `items` is a FROM item `i` of results.
 * Answers what became disputed.
 */
export async function disputeLate(ctx: Context, items: SQL): Promise<{ id: string }[]> {
  // A refusal says nothing about any other send than its own; a success says that it happened, whichever send it was.
  const contrary = await rowsOf<Pick<HeldExecution, "id" | "decision_id" | "status">>(
    ctx.db,
    sql`select e.id, e.decision_id, e.status from executions e join ${items} on e.id = i.id
      where e.org_id = ${ctx.orgId} and ((i.outcome = 'succeeded' and e.status = 'failed')
        or (i.status = 'failed' and e.fence = i.fence and e.status = 'succeeded'))
      order by e.id for update of e`,
  );
  for (const held of contrary) {
    const sentence =
      held.status === "succeeded"
        ? "Its answer to our request came late, and refused it; our record says succeeded"
        : `Its answer to our request came late, and says that it happened; our record says ${held.status}`;
    await dispute(ctx, held, sentence);
  }
  await rowsOf(
    ctx.db,
    sql`update executions e set external_reference = coalesce(e.external_reference, i.reference),
        result = coalesce(e.result, i.result)
      from ${items} where e.id = i.id and e.org_id = ${ctx.orgId} and e.fence = i.fence and e.status = 'succeeded'
        and i.outcome = 'succeeded' and (e.external_reference is null or e.result is null)`,
  );
  return contrary;
}
