import { sql, type SQL } from "drizzle-orm";
import { newId } from "@/lib/kernel/ids";
import { labelSources, type LabelSource, type Truth } from "../schema";

/** A label to write; its values may be columns of the statement that writes it. */
export type LabelWrite = {
  /** Drawn where there is none. */
  id?: SQL;
  source: LabelSource;
  truth: Truth | SQL;
  /** Probability that this label would be produced, set before the draw. */
  piLabel: number | SQL;
  /** Probability that any label would be, where that differs. */
  truthPi?: number;
  actor: string | SQL;
};

/** An INSERT of a label for the decision that `from` (a FROM item with `id` and `org_id`) holds; the latest stands. */
export function labelInsert(label: LabelWrite, from: SQL): SQL {
  const { id, source, truth, piLabel, actor } = label;
  return sql`insert into labels (id, org_id, decision_id, source, truth, pi_label, actor)
    select ${id ?? newId("label")}, org_id, id, ${source}, ${truth}, ${piLabel}::float8, ${actor} from ${from}
    on conflict (decision_id, source) do update
      set truth = excluded.truth, pi_label = excluded.pi_label, actor = excluded.actor, created_at = now()`;
}

/** What a decision's own row says of a label, unless a stronger source has spoken (outcome over audit over review). */
export function truthColumns({ source, truth, piLabel, truthPi }: LabelWrite): Record<string, SQL> {
  const stronger = labelSources.slice(labelSources.indexOf(source) + 1);
  const unless = (column: string, value: SQL) =>
    sql`case when truth_source = any(${sql.param([...stronger])}::text[]) then ${sql.identifier(column)} else ${value} end`;
  return {
    truth: unless("truth", sql`${truth}`),
    truth_source: unless("truth_source", sql`${source}`),
    truth_pi: unless("truth_pi", sql`${truthPi ?? piLabel}::float8`),
  };
}
