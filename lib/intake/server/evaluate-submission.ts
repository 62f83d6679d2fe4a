import type { z } from "zod";
import type { Submission } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { authorize } from "@/lib/server/authorize";
import type { Context } from "@/lib/server/context";
import { livemode } from "@/lib/server/origin";
import type { Evaluation } from "../schema";
import { hearModels } from "./hear-models";
import { loadTypes, pairKey, schemasOf } from "./load-types";
import { checkAgainstType, planDecision } from "./plan-decision";
import { isPast, tooLate } from "./past-limit";
import { loadRulebook } from "./rulebook";

/** Where a submission would go, with nothing stored and nothing drawn. Refuses what a submission would be refused for. */
export async function evaluateSubmission(
  ctx: Context,
  input: { body: Submission },
): Promise<z.input<typeof Evaluation>> {
  authorize(ctx, "decisions.submit");
  const { body } = input;
  const appId = ctx.actor.kind === "key" ? ctx.actor.appId : "";
  const types = await loadTypes(ctx.db, ctx.orgId, [{ appId, typeKey: body.type }]);
  const type = types.get(pairKey(appId, body.type));
  if (!type) {
    const message = `There is no decision type ${body.type}`;
    throw new DomainError("invalid", message, {
      code: "unknown_decision_type",
      errors: [
        {
          pointer: "/type",
          code: "unknown_decision_type",
          message,
          fix: "Create it under Apps, or check its key",
        },
      ],
    });
  }
  const schemas = (await schemasOf(ctx.db, [type])).get(`${type.typeId}@${type.typeVersion}`);
  if (!schemas)
    throw new DomainError("unavailable", "The decision type is being changed", { code: "overloaded" });
  const asking = { subject: body.subject, livemode: livemode() };
  const rulebook = await loadRulebook(ctx, [type], [asking]);
  const args = checkAgainstType(body, type, schemas);
  if (isPast(body, ctx.now)) throw tooLate();
  const heard = (await hearModels(ctx, [{ submission: body, type }])).get(body);
  const { routing, placement } = planDecision(body, args, type, {
    rulebook,
    livemode: asking.livemode,
    heard,
  });
  const alone = routing.route === "execute" || routing.route === "decline";
  return {
    object: "evaluation",
    route: {
      outcome: routing.route,
      level: routing.level,
      threshold: routing.threshold,
      reasons: routing.reasons,
      audit_probability: alone ? routing.piLabel : 0,
    },
    review: placement && {
      queue: { id: placement.queueId, name: placement.queueName },
      severity: placement.severity,
      sla_minutes: placement.slaMinutes,
    },
  };
}
