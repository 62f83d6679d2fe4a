import { createHash } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { firstIdOf } from "@/lib/kernel/ids";
import { rowsOf } from "@/lib/server/rows";
import { mostHistory, type HistoryAsk } from "../history";

export type Subject = { type: string; id: string };
/** What was answered of one subject: by ask, then by what it is split by ("" where it is not). */
export type SubjectHistory = ReadonlyMap<number, ReadonlyMap<string, number>>;

/** Under which a subject's history is found. */
export const subjectKey = ({ type, id }: Subject) => JSON.stringify([type, id]);

/** Different values of an argument that are told apart, the most frequent; more of them count as "at least". */
const mostValues = 1000;

type Row = { n: number; ask: number; detail: string | null; value: number | string };

/**
 * What these subjects' earlier decisions answer to these asks, in one query, however many there are of either. Of each
 * subject at most its newest {@link mostHistory} decisions are looked at, and only as far back as the longest window.
 * Copies made to measure reviewers do not count; what was declined or cancelled does.
 */
export async function readHistory(
  db: Database,
  where: { orgId: string; livemode: boolean; now: Date },
  subjects: readonly Subject[],
  asks: readonly HistoryAsk[],
): Promise<Map<string, SubjectHistory>> {
  const found = new Map(
    subjects.map((subject) => [subjectKey(subject), new Map<number, Map<string, number>>()]),
  );
  if (subjects.length === 0 || asks.length === 0) return found;
  const rows = await rowsOf<Row>(db, historyQuery(where, subjects, asks));
  for (const { n, ask, detail, value } of rows) {
    const subject = subjects[n - 1];
    const own = subject && found.get(subjectKey(subject));
    if (!own) continue;
    const values = own.get(ask) ?? new Map<string, number>();
    values.set(detail ?? "", Number(value));
    own.set(ask, values);
  }
  return found;
}

function historyQuery(
  { orgId, livemode, now }: { orgId: string; livemode: boolean; now: Date },
  subjects: readonly Subject[],
  asks: readonly HistoryAsk[],
): SQL {
  const longest = Math.max(...asks.map(({ seconds }) => seconds));
  const names = [...new Set(asks.flatMap((ask) => ("argument" in ask ? [ask.argument] : [])))];
  const values = names.map((name, at) => sql`, d.arguments ->> ${name} as ${columnOf(at)}`);
  const types = subjects.map(({ type }) => type);
  const ids = subjects.map(({ id }) => id);
  // Only how far back is read: `age` says what counts. Ids and `now` are of machines whose clocks may differ.
  const first = firstIdOf("decision", now.getTime() - longest * 1000 - graceMs);
  return sql`with recent as materialized (select s.n, d.* from unnest(${sql.param(types)}::text[], ${sql.param(ids)}::text[])
        with ordinality as s(type, id, n)
      cross join lateral (select extract(epoch from now() - d.created_at) as age, d.type_id, d.amount, d.currency
          ${sql.join(values)}
        from decisions d where d.org_id = ${orgId} and d.subject_type = s.type and d.subject_id = s.id and d.id >= ${first}
          and d.livemode = ${livemode} and not d.measure
        order by d.id desc limit ${mostHistory}) d)
    ${sql.join(
      asks.map((ask, at) => partOf(orgId, ask, at, names)),
      sql` union all `,
    )}`;
}

const graceMs = 3_600_000;

const columnOf = (at: number) => sql.raw(`v${at}`);

function partOf(orgId: string, ask: HistoryAsk, at: number, names: readonly string[]): SQL {
  const inWindow = sql`age <= ${ask.seconds}`;
  if ("argument" in ask) {
    const column = columnOf(names.indexOf(ask.argument));
    return sql`(select n::int, ${at}::int as ask, detail, value::float8 from (select n, md5(${column}) as detail,
        count(*) as value, row_number() over (partition by n order by count(*) desc) as place from recent
        where ${inWindow} and ${column} is not null group by n, md5(${column})) x where place <= ${mostValues})`;
  }
  const ofType =
    ask.type === null
      ? sql`true`
      : sql`type_id = (select t.id from decision_types t where t.org_id = ${orgId} and t.key = ${ask.type})`;
  if (ask.of === "count") {
    return sql`(select n::int, ${at}::int as ask, null as detail, count(*)::float8 as value from recent
      where ${inWindow} and ${ofType} group by n)`;
  }
  return sql`(select n::int, ${at}::int as ask, currency as detail, sum(amount)::float8 as value from recent
    where ${inWindow} and ${ofType} and currency is not null group by n, currency)`;
}

/** A value of an argument as history tells values apart; null where it is none. The database's `md5(… ->> …)`. */
export function valueHash(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return createHash("md5").update(text).digest("hex");
}
