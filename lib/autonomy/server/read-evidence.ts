import { sql, type SQL } from "drizzle-orm";
import type { DecisionStatus, Prediction, Route, Truth } from "@/lib/decisions/schema";
import type { Database } from "@/db/client";
import { hotRowsOf, rowsOf } from "@/lib/server/rows";
import { countAutos, type Deployment, type Evidence, type Fold } from "../fold";
import { lossOf, type Costs } from "../loss";
import type { Terms } from "../schema";

/** Whose evidence is read, and how it counts. */
export type Source = {
  orgId: string;
  epochId: string;
  terms: Pick<Terms, "cost" | "labelHours">;
  costs: Costs;
  deployments: readonly Deployment[];
  /** Seconds for which a decision may still be on its way: nothing younger is counted yet. */
  settleSeconds: number;
};

/** Ids: what comes after `after`, up to `upTo` (null: as far as labels have come). */
export type Range = { after: string; upTo: string | null };

export type Page = {
  evidence: Evidence[];
  /** What is counted up to here, once the page is. */
  cursor: string;
  /** Nothing selected follows: what ran alone undrawn is counted further, up to what is still on its way. */
  isOpen: boolean;
  /** There is nothing more to count now. */
  ended: boolean;
};

export const pageSize = 5000;

/** A decision with what a fold looks at. */
export type Row = {
  id: string;
  day: string;
  score: number;
  route: Route;
  drawn: boolean;
  pi: number;
  ref: number;
  predicted: Prediction;
  status: DecisionStatus;
  truth: Truth | null;
  amount: number | null;
  late: boolean;
  young: boolean;
};

/**
 * The next selected decisions of a certification period, in their order: those that people rule on, and audited ones. It
 * ends before the first that may still get its label; one that is too late for it, or that nobody will give one, counts
 * as wrong.
 */
export async function readEvidence(db: Database, source: Source, { after, upTo }: Range): Promise<Page> {
  const rows = await readRows(db, source, { after, upTo });
  const waiting = upTo === null ? rows.findIndex(mayStillBe) : -1;
  const counted = waiting === -1 ? rows : rows.slice(0, waiting);
  const ended = waiting !== -1 || rows.length < pageSize;
  const evidence = counted.map((row) => evidenceOf(row, source));
  const last = counted.at(-1)?.id ?? after;
  if (waiting !== -1 || !ended) return { evidence, cursor: last, isOpen: false, ended };
  return { evidence, cursor: upTo === null ? last : latest(upTo, last), isOpen: upTo === null, ended };
}

// Up to the first decision of any route that may still be on its way: what is counted is one piece of the order. The
// young are few, and found by their time (`offset 0` keeps it so): looked for by id they are past all that is left to count.
async function readRows(db: Database, source: Source, { after, upTo }: Range): Promise<Row[]> {
  const { orgId, epochId, settleSeconds, terms } = source;
  const columns = rowColumns({
    labelHours: sql`${terms.labelHours}::int`,
    settleSeconds: sql`${settleSeconds}::float8`,
  });
  const end =
    upTo === null
      ? sql`d.id < coalesce((select min(y.id) from (select r.id, r.epoch_id from decisions r where r.org_id = ${orgId}
            and r.created_at >= now() - make_interval(secs => ${settleSeconds}::float8) offset 0) y
          where y.epoch_id = ${epochId} and y.id > ${after}), 'e')`
      : sql`d.id <= ${upTo}`;
  return hotRowsOf<Row>(
    db,
    sql`select ${columns} from decisions d where d.epoch_id = ${epochId} and d.id > ${after} and ${end}
        and (d.route = 'review' or d.audit_drawn)
      order by d.id limit ${pageSize}`,
  );
}

/** Columns of {@link Row} over alias `d`. */
export function rowColumns({ labelHours, settleSeconds }: { labelHours: SQL; settleSeconds: SQL }): SQL {
  return sql`d.id, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, d.confidence as score, d.route,
    d.audit_drawn as drawn, d.pi_label as pi, d.pi_ref as ref, d.predicted, d.status, d.truth, d.amount,
    d.created_at < now() - make_interval(hours => ${labelHours}) as late,
    d.created_at >= now() - make_interval(secs => ${settleSeconds}) as young`;
}

/** Whether a decision that people rule on, or an audited one, may still get its label. */
export function mayStillBe({ truth, late, young, route, status }: Row): boolean {
  if (young) return true;
  if (truth !== null || late) return false;
  return route !== "review" || status === "in_review" || status === "awaiting_second";
}

/** A selected decision as it counts; without a label, as wrong. */
export function evidenceOf(row: Row, { terms, costs }: Source): Evidence {
  const { id, day, score, drawn, truth } = row;
  const ranAlone = row.route !== "review";
  const omega = Math.min(1, row.ref / row.pi);
  const evidence = { id, day, score, ranAlone, audited: drawn, omega, pi: row.pi };
  if (truth === null) return { ...evidence, loss: 1, expired: true };
  return { ...evidence, loss: lossOf({ ...row, truth }, terms, costs) };
}

function latest(...ids: (string | null)[]): string {
  return ids.flatMap((id) => id ?? []).reduce((most, id) => (id > most ? id : most), "");
}

/**
 * Counts what ran alone undrawn after `after` into the fold's account, month by month: up to `upTo`, or up to the first
 * that is still on its way. Answers the last decision that is counted now.
 */
export async function countUndrawn(
  db: Database,
  source: Source,
  fold: Fold,
  { after, upTo }: Range,
): Promise<string> {
  const ranges = rangesOf(source.deployments, { after, upTo });
  if (upTo !== null && ranges.length === 0) return upTo;
  const end = upTo === null ? endSql(source, after) : sql`select ${upTo}::text as id`;
  const rows = await rowsOf<{ last: string | null; month: string | null; rate: number; count: number }>(
    db,
    sql`with ending as materialized (${end}) ${sql.join(
      [
        sql`select id as last, null as month, 0::float8 as rate, 0 as count from ending`,
        ...ranges.map((range) => countSql(source.epochId, range)),
      ],
      sql` union all `,
    )}`,
  );
  for (const { month, rate: auditRate, count } of rows)
    if (month !== null) countAutos(fold, month, { count, auditRate });
  return latest(after, rows.find(({ month }) => month === null)?.last ?? null);
}

// Planned for these very ids: a plan for any ids might read the whole period.
function endSql({ epochId, settleSeconds }: Source, after: string): SQL {
  return sql`with young as materialized (select min(d.id) as id from decisions d where d.epoch_id = ${epochId} and d.id > ${after}
      and d.created_at >= now() - make_interval(secs => ${settleSeconds}::float8))
    select max(d.id) as id from decisions d where d.epoch_id = ${epochId} and d.id > ${after}
      and ((select id from young) is null or d.id < (select id from young))`;
}

type AutoRange = { low: string; high: string | null; rate: number };

function countSql(epochId: string, { low, high, rate }: AutoRange): SQL {
  return sql`select null, to_char(d.created_at at time zone 'UTC', 'YYYY-MM'), ${rate}::float8, count(*)::int
    from decisions d where d.epoch_id = ${epochId} and d.id > ${low}
      and d.id <= ${high === null ? sql`(select id from ending)` : sql`least(${high}, (select id from ending))`}
      and d.route in ('execute', 'decline') and not d.audit_drawn
    group by 2`;
}

// One range for each audit rate that was in force; what a slow clock put before the first counts at the first.
function rangesOf(deployments: readonly Deployment[], { after, upTo }: Range): AutoRange[] {
  return deployments.flatMap(({ after: from, auditRate: rate }, at) => {
    const low = at > 0 && from > after ? from : after;
    const end = deployments[at + 1]?.after ?? null;
    const high = end === null || (upTo !== null && upTo < end) ? upTo : end;
    return high === null || low < high ? [{ low, high, rate }] : [];
  });
}
