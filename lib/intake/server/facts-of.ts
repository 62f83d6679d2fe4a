import type { Facts, PolicyFacts } from "@/lib/policies/facts";
import type { Finding } from "@/lib/policies/schema";
import type { Submission } from "@/lib/decisions/schema";
import type { JsonObject } from "@/lib/kernel/json";
import type { Money } from "@/lib/kernel/money";
import { severityOf } from "@/lib/reviews/impact";
import type { Severity } from "@/lib/reviews/schema";
import type { TypeInForce } from "./load-types";

/** A submission that was checked, its arguments complete. */
export type Checked = {
  submission: Submission;
  arguments: JsonObject;
  type: TypeInForce;
  money: Money | null;
  confidence: number | null;
};

/** How much is at stake, by the autonomy's cap. */
export function stakeOf({ type, money }: Checked): Severity {
  const { reversibility, currency } = type;
  const cap = type.amountCap === null ? null : { amount: type.amountCap, currency };
  return severityOf({ amount: money, cap, reversibility });
}

type Shared = Omit<Facts, "reasons">;

/** What every rule may look at of it. */
export function factsOf(checked: Checked, severity: Severity): Shared {
  const { submission, type, money } = checked;
  const { subject } = submission;
  return {
    type: type.typeKey,
    app: type.appKey,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    confidence: checked.confidence,
    predicted: submission.proposal.predicted,
    severity,
    input: submission.input,
    context: submission.context ?? null,
    arguments: checked.arguments,
    subject: subject ? { type: subject.type, id: subject.id } : null,
    metadata: submission.metadata ?? null,
    model: submission.model?.name ?? null,
    prompt_version: submission.prompt_version ?? null,
  };
}

/** What a policy's rule may look at of it. */
export function policyFactsOf(checked: Checked, findings: readonly Finding[], now: Date): PolicyFacts {
  return { ...factsOf(checked, stakeOf(checked)), findings, at: now.toISOString() };
}
