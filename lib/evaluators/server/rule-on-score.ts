import { sql } from "drizzle-orm";
import { missing } from "@/lib/apps/server/find";
import { DomainError } from "@/lib/kernel/errors";
import { maskFor } from "@/lib/policies/server/mask-for";
import { authorize } from "@/lib/server/authorize";
import { inTransaction, type Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { RuleOnScore, RulingView } from "../rulings";
import type { Quality } from "../vocabulary";
import { giveScores } from "./give-scores";
import { readScore } from "./list-scores";
import { nextRuling, requirePerson } from "./next-ruling";

type About = { evaluator_id: string; decision_id: string | null; subject: string | null; quality: Quality };

/**
 * A person's ruling on what an evaluator scored, given before they are shown its score, which is in the answer. Once: what
 * is said after that is not blind any more. Throws `not_found`, `forbidden` for an app's key, `conflict` where they have
 * ruled already or may not.
 */
export async function ruleOnScore(ctx: Context, input: RuleOnScore): Promise<RulingView> {
  authorize(ctx, "scores.give");
  requirePerson(ctx);
  const { score: id, passed, label, rationale } = input;
  return inTransaction(ctx, async (ctx) => {
    // Two rulings of one person at once are one and a refusal.
    const [about] = await rowsOf<About>(
      ctx.db,
      sql`select evaluator_id, decision_id, subject, quality from scores
        where id = ${id} and org_id = ${ctx.orgId} and scorer <> 'person' for update`,
    );
    if (!about) return missing("score", id);
    const { case: asked } = await nextRuling(ctx, { evaluator: about.evaluator_id, score: id });
    if (asked && (asked.wants === "passed") !== (passed !== null)) {
      throw wrongAnswer(asked.wants);
    }
    await giveScores(ctx, {
      evaluator: about.evaluator_id,
      scores: [
        {
          ...(about.decision_id === null ? {} : { decision: about.decision_id }),
          ...(about.subject === null ? {} : { subject: about.subject }),
          scorer: "person",
          quality: about.quality,
          score: null,
          label,
          passed,
          rationale,
        },
      ],
    });
    const own = (await readScore(ctx, id)) ?? missing("score", id);
    const agrees = passed === null ? agreement(label, own.label) : agreement(passed, own.passed);
    return { object: "ruling", passed, label, agrees, score: await maskFor(ctx, own) };
  });
}

function agreement<T>(said: T | null, own: T | null): boolean | null {
  return said === null || own === null ? null : said === own;
}

function wrongAnswer(wants: "passed" | "label"): DomainError {
  const message = wants === "passed" ? "is what the evaluator gave: say it" : "is for labels: give one";
  return new DomainError("invalid", `/passed ${message}`, {
    code: "validation_failed",
    errors: [{ pointer: "/passed", code: "required", message }],
  });
}
