import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { PeopleItem } from "../people-agreement";

/** People's rulings that are looked at, the latest ones. */
const mostRulings = 20_000;

/** What people said of the same decision or subject, of the quality an evaluator is about, where two or more did. */
export async function readPeople(ctx: Context, evaluatorId: string): Promise<PeopleItem[]> {
  const rows = await rowsOf<{ said: PeopleItem }>(
    ctx.db,
    sql`with people as (select s.decision_id, s.subject, s.scored_by, s.passed, s.label from scores s
          join evaluators e on e.id = s.evaluator_id
        where s.evaluator_id = ${evaluatorId} and s.org_id = ${ctx.orgId} and s.scorer = 'person' and s.status = 'done'
          and s.quality = e.quality order by s.created_at desc, s.id desc limit ${mostRulings})
      select json_agg(json_build_object('by', scored_by, 'passed', passed, 'label', label) order by scored_by) as said
      from people group by decision_id, subject having count(*) >= 2`,
  );
  return rows.map(({ said }) => said);
}
