import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { LabelSource, Prediction, Truth } from "@/lib/decisions/schema";
import type { JsonValue } from "@/lib/kernel/json";
import { learningText } from "@/lib/models/learning-text";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { likenessOf, type Splittable } from "../split";

/** A decision that somebody said the truth about. `weight`: 1 / propensity of that label. */
export type Labelled = Splittable & {
  text: string;
  truth: Truth;
  predicted: Prediction;
  source: LabelSource;
  weight: number;
};

type Row = {
  id: string;
  input: JsonValue;
  subject: string | null;
  predicted: Prediction;
  source: LabelSource;
  truth: Truth;
  pi: number;
  kept: boolean;
};

type Scope = { appId: string; typeId: string; sources: readonly LabelSource[]; until: string; limit: number };

/**
 * The newest labelled decisions of an app and type up to a moment, each with its strongest label of the sources asked for.
 * Known answers, and what only a blind reviewer ruled on, are marked as kept for tests.
 */
export async function gatherLabels(
  ctx: Context,
  { appId, typeId, sources, until, limit }: Scope,
): Promise<Labelled[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`select d.id, d.input, d.subject_type || ':' || d.subject_id as subject, d.predicted, l.source, l.truth, l.pi_label as pi,
        (l.source = 'review' and exists (select 1 from reviews r
            where r.decision_id = d.id and r.blind and r.verdict is not null))
          or exists (select 1 from gold_items g where g.org_id = d.org_id and g.decision_id = d.id) as kept
      from decisions d
      join lateral (select source, truth, pi_label from labels
        where decision_id = d.id and source in ${[...sources]}
          and created_at <= ${until}::timestamptz
        order by array_position(array['outcome', 'audit', 'review'], source) limit 1) l on true
      where d.org_id = ${ctx.orgId} and d.app_id = ${appId} and d.type_id = ${typeId} and not d.measure
        and d.truth is not null and d.created_at <= ${until}::timestamptz
      order by d.created_at desc, d.id desc limit ${limit}`,
  );
  return rows.map(labelledOf);
}

function labelledOf({ id, input, subject, predicted, source, truth, pi, kept }: Row): Labelled {
  const text = learningText(input);
  return {
    id,
    text,
    truth,
    predicted,
    source,
    weight: 1 / pi,
    subject,
    likeness: likenessOf(text),
    ...(kept ? { fixed: "test" as const } : {}),
  };
}

/** A number from 0 to 1 that is the same for the same text: which side of the split a group is on. */
export function sideOf(text: string): number {
  return (
    createHash("sha256").update(`countersign learning split 1:${text}`).digest().readUInt32BE(0) / 2 ** 32
  );
}
