import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { RulingPair } from "../agreement";
import type { Quality } from "../vocabulary";
import { ownScores } from "./read-evaluators";

/** Scores of an evaluator that are looked at, the latest ones. */
const mostPairs = 20_000;

type Row = {
  subject: string;
  passed: boolean | null;
  label: string | null;
  ruled: boolean | null;
  ruled_label: string | null;
  weight: number;
};

/**
 * What an evaluator's current version and people said of the same, since its agreement is measured, of the quality it is about or of another one it gives. People: rulings given
 * for the same decision or subject and quality, each one a pair. Where there is none, of the output of a decision: whether
 * its proposal was right by its truth, weighted by the probability of that label as well.
 */
export async function readRulings(
  ctx: Context,
  evaluatorId: string,
  quality?: Quality,
): Promise<RulingPair[]> {
  const rows = await rowsOf<Row>(
    ctx.db,
    sql`with own as (select s.id, s.decision_id, s.subject, s.quality, s.passed, s.label, s.pi from scores s
          join evaluators e on e.id = s.evaluator_id
        where s.evaluator_id = ${evaluatorId} and s.org_id = ${ctx.orgId} and ${ownScores} and s.version_id = e.version_id
          and s.quality = ${quality === undefined ? sql`e.quality` : quality} and s.done_at >= e.measured_since
        order by s.created_at desc, s.id desc limit ${mostPairs}),
      people as (select decision_id, subject, quality, passed, label from scores
        where evaluator_id = ${evaluatorId} and scorer = 'person' and status = 'done'),
      given as (select o.id, p.passed as ruled, p.label as ruled_label from own o join people p
          on p.decision_id = o.decision_id and p.quality = o.quality
        union all select o.id, p.passed, p.label from own o join people p
          on p.subject = o.subject and p.quality = o.quality)
      select coalesce(o.decision_id, o.subject) as subject, o.passed, o.label, g.ruled, g.ruled_label, 1 / o.pi as weight
        from own o join given g on g.id = o.id
      union all
      select o.decision_id, o.passed, o.label, d.predicted = d.truth, null, 1 / (o.pi * d.truth_pi)
        from own o join decisions d on d.id = o.decision_id
        where d.truth is not null and o.quality = 'output' and not exists (select 1 from given g where g.id = o.id)`,
  );
  return rows.map(({ subject, passed, label, ruled, ruled_label: ruledLabel, weight }) => ({
    subject,
    evaluator: { passed, label },
    person: { passed: ruled, label: ruledLabel },
    weight,
  }));
}
