import { sql } from "drizzle-orm";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import type { ReviewerFigures } from "../measures";
import { answeredMeasures, judgedOf, pairsOf, ruledBy } from "./read-measured";
import { personOf } from "./review-sql";
import { noneRuled, reviewerFigures } from "./reviewer-figures";

/** How the actor's own rulings of the last `days` held up. Of nobody else, whatever is asked. */
export async function getMyFigures(
  ctx: Context,
  { query }: { query: { days: number } },
): Promise<ReviewerFigures> {
  authorize(ctx, "reviewers.own");
  const me = personOf(ctx);
  const { days } = query;
  const since = sql`m.answered_at > now() - make_interval(days => ${days}::int)`;
  const [own, paired, ruled] = [
    await answeredMeasures(ctx, sql`m.reviewer = ${me} and ${since}`),
    await answeredMeasures(
      ctx,
      sql`m.kind = 'double' and (m.reviewer = ${me} or m.first_reviewer = ${me}) and ${since}`,
    ),
    await ruledBy(ctx, sql`r.resolved_by = ${me}`, days),
  ];
  const from = new Date(ctx.now.getTime() - days * 86_400_000).toISOString();
  return reviewerFigures(from, {
    judged: judgedOf(own),
    pairs: pairsOf(paired),
    ruled: ruled.get(me) ?? noneRuled,
  });
}
