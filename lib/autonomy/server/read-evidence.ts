import { sql, type SQL } from "drizzle-orm";
import type { DecisionStatus, Prediction, Route, Truth } from "@/lib/decisions/schema";
import type { Database } from "@/db/client";
import { hotRowsOf, rowsOf } from "@/lib/server/rows";
import { countAutos, type Deployment, type Evidence, type Fold } from "../fold";
import { lossOf, type Costs } from "../loss";
import type { Terms } from "../schema";

/** Whose evidence is read, and how it counts. */
export type Source = {
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
  /** There is nothing more to count now. */
  ended: boolean;
};

export const pageSize = 5000;

type Row = {
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
  const cursor =
    waiting === -1 && ended ? await lastSettled(db, source, { after, upTo }) : counted.at(-1)?.id;
  const evidence = counted.map((row) => evidenceOf(row, source));
  return { evidence, cursor: latest(cursor, counted.at(-1)?.id, after), ended };
}

async function readRows(db: Database, source: Source, { after, upTo }: Range): Promise<Row[]> {
  const { epochId, terms, settleSeconds } = source;
  return hotRowsOf<Row>(
    db,
    sql`select d.id, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD') as day, d.confidence as score, d.route,
        d.audit_drawn as drawn, d.pi_label as pi, d.pi_ref as ref, d.predicted, d.status, d.truth, d.amount,
        d.created_at < now() - make_interval(hours => ${terms.labelHours}::int) as late,
        d.created_at >= now() - make_interval(secs => ${settleSeconds}::float8) as young
      from decisions d where d.epoch_id = ${epochId} and d.id > ${after} and ${upTo === null ? sql`true` : sql`d.id <= ${upTo}`}
        and (d.route = 'review' or d.audit_drawn)
      order by d.id limit ${pageSize}`,
  );
}

function mayStillBe({ truth, late, young, route, status }: Row): boolean {
  if (young) return true;
  if (truth !== null || late) return false;
  return route !== "review" || status === "in_review" || status === "awaiting_second";
}

function evidenceOf(row: Row, { terms, costs }: Source): Evidence {
  const { id, day, score, drawn, truth } = row;
  const ranAlone = row.route !== "review";
  const omega = Math.min(1, row.ref / row.pi);
  const evidence = { id, day, score, ranAlone, audited: drawn, omega };
  if (truth === null) return { ...evidence, loss: 1, expired: true };
  return { ...evidence, loss: lossOf({ ...row, truth }, terms, costs) };
}

// After the last selected one, what ran alone undrawn is counted too, up to the first that is still on its way.
async function lastSettled(
  db: Database,
  source: Source,
  { after, upTo }: Range,
): Promise<string | undefined> {
  const { epochId, settleSeconds } = source;
  if (upTo !== null) return upTo;
  // Planned for these very ids, like the count below: a plan for any ids might read the whole period.
  const [row] = await rowsOf<{ id: string | null }>(
    db,
    sql`with young as materialized (select min(d.id) as id from decisions d where d.epoch_id = ${epochId} and d.id > ${after}
        and d.created_at >= now() - make_interval(secs => ${settleSeconds}::float8))
      select max(d.id) as id from decisions d where d.epoch_id = ${epochId} and d.id > ${after}
        and ((select id from young) is null or d.id < (select id from young))`,
  );
  return row?.id ?? undefined;
}

function latest(...ids: (string | undefined)[]): string {
  return ids.flatMap((id) => id ?? []).reduce((most, id) => (id > most ? id : most), "");
}

/** Counts what ran alone undrawn between two decisions into the fold's account, month by month. */
export async function countUndrawn(
  db: Database,
  { epochId, deployments }: Source,
  fold: Fold,
  between: Range,
): Promise<void> {
  const ranges = rangesOf(deployments, between);
  if (ranges.length === 0) return;
  const rows = await rowsOf<{ month: string; rate: number; count: number }>(
    db,
    sql.join(
      ranges.map((range) => countSql(epochId, range)),
      sql` union all `,
    ),
  );
  for (const { month, rate: auditRate, count } of rows) countAutos(fold, month, { count, auditRate });
}

type AutoRange = { low: string; high: string | null; rate: number };

function countSql(epochId: string, { low, high, rate }: AutoRange): SQL {
  return sql`select to_char(d.created_at at time zone 'UTC', 'YYYY-MM') as month, ${rate}::float8 as rate, count(*)::int as count
    from decisions d where d.epoch_id = ${epochId} and d.id > ${low} and ${high === null ? sql`true` : sql`d.id <= ${high}`}
      and d.route in ('execute', 'decline') and not d.audit_drawn
    group by 1`;
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
