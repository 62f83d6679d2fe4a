import { sql } from "drizzle-orm";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Verdict } from "@/lib/kernel/statuses";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { wordsOf } from "../precedents";

const batch = 100;
/** A ruling of the moment may be committed after one that was given a little later. */
const lookBackSeconds = 30;

type Ruled = {
  decision_id: string;
  type_id: string;
  app_id: string;
  subject_type: string | null;
  subject_id: string | null;
  verdict: Verdict;
  reason_code: string | null;
  amount: number | string | null;
  input: JsonValue;
  arguments: JsonObject;
  ruled_at: string;
};

/**
 * A timer: remembers what people ruled since it last looked, so that alike cases are found later. A case that was
 * ruled again is remembered as it was ruled last; copies that measure reviewers are not remembered. Answers how many.
 */
export async function rememberRulings(ctx: Context): Promise<number> {
  authorize(ctx, "system.run");
  for (let remembered = 0; ;) {
    const ruled = await readRuled(ctx);
    const last = [...new Map(ruled.map((each) => [each.decision_id, each])).values()];
    if (last.length > 0) await write(ctx, last);
    remembered += last.length;
    if (ruled.length < batch) return remembered;
  }
}

function readRuled(ctx: Context): Promise<Ruled[]> {
  // The newest of each type is the last entry of an index; the newest of all would be a walk over every precedent.
  return rowsOf<Ruled>(
    ctx.db,
    sql`with seen as (select max(m.ruled_at) - make_interval(secs => ${lookBackSeconds}) as at
        from decision_types t, lateral (select p.ruled_at from precedents p
          where p.org_id = ${ctx.orgId} and p.type_id = t.id order by p.ruled_at desc limit 1) m
        where t.org_id = ${ctx.orgId})
      select r.decision_id, d.type_id, d.app_id, d.subject_type, d.subject_id, r.verdict, r.reason_code, d.amount, d.input,
        d.arguments, r.resolved_at::text as ruled_at
      from reviews r join decisions d on d.id = r.decision_id
      where r.org_id = ${ctx.orgId} and r.verdict is not null and r.resolved_at > coalesce((select at from seen), '-infinity')
        and not d.measure and d.status not in ('in_review', 'awaiting_second')
        and not exists (select 1 from precedents p where p.decision_id = r.decision_id and p.ruled_at >= r.resolved_at)
      order by r.resolved_at, r.id limit ${batch}`,
  );
}

async function write(ctx: Context, ruled: readonly Ruled[]): Promise<void> {
  const rows = ruled.map(({ input, arguments: args, ...row }) => ({ ...row, words: wordsOf(input, args) }));
  await rowsOf(
    ctx.db,
    sql`insert into precedents (decision_id, org_id, type_id, app_id, subject_type, subject_id, verdict, reason_code, amount,
        words, ruled_at)
      select decision_id, ${ctx.orgId}, type_id, app_id, subject_type, subject_id, verdict, reason_code, amount, words, ruled_at
      from json_to_recordset(${JSON.stringify(rows)}::json) as p(decision_id text, type_id text, app_id text,
        subject_type text, subject_id text, verdict text, reason_code text, amount bigint, words text, ruled_at timestamptz)
      on conflict (decision_id) do update set verdict = excluded.verdict, reason_code = excluded.reason_code,
        ruled_at = excluded.ruled_at where precedents.ruled_at < excluded.ruled_at`,
  );
}
