import { sql, type SQL } from "drizzle-orm";
import { contractEpochs, contracts } from "@/db/schema";
import { countAutos, deploymentFor, fold, type Fold, type FoldTerms } from "../fold";
import type { Computed } from "./compute-fold";
import { evidenceOf, mayStillBe, rowColumns, type Row, type Source } from "./read-evidence";

/** So few decisions are read whole, undrawn ones among them; more are counted where they are. */
const few = 200;

/** The decisions after what is counted of a period, a few: a part of the statement that reads the period itself. */
export function newestRows(settleSeconds: SQL): SQL<Row[]> {
  const labelHours = sql`(${contracts.terms} ->> 'labelHours')::int`;
  return sql<Row[]>`(select coalesce(json_agg(n order by n.id), '[]'::json) from (
    select ${rowColumns({ labelHours, settleSeconds })} from decisions d where d.epoch_id = ${contractEpochs.id}
      and d.id > coalesce(${contractEpochs.cursor}, ${contractEpochs.evidenceAfter}, '')
    order by d.id limit ${sql.raw(String(few))}) n)`;
}

/**
 * Folds what came after `after` into `state`, in place. Null, and nothing is folded, where that is more than a few
 * decisions. The same as {@link computeFold}.
 */
export function foldNewest(
  rows: readonly Row[],
  { source, terms, state }: { source: Source; terms: FoldTerms; state: Fold },
  after: string,
): Computed | null {
  if (rows.length === few) return null;
  const waiting = rows.findIndex((row) => row.young || (isSelected(row) && mayStillBe(row)));
  const counted = waiting === -1 ? rows : rows.slice(0, waiting);
  const selected = counted.filter(isSelected);
  for (const row of selected) fold(state, evidenceOf(row, source), terms);
  for (const row of counted) countUndrawn(state, row);
  return { cursor: counted.at(-1)?.id ?? after, folded: selected.length, ended: true };
}

const isSelected = ({ route, drawn }: Row) => route === "review" || drawn;

function countUndrawn(state: Fold, row: Row): void {
  if (isSelected(row) || (row.route !== "execute" && row.route !== "decline")) return;
  const inForce = deploymentFor(state, row.id) ?? state.deployments[0];
  if (inForce) countAutos(state, row.day.slice(0, 7), { count: 1, auditRate: inForce.auditRate });
}
