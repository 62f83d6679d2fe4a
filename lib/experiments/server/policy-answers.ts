import { sql } from "drizzle-orm";
import type { Reversibility } from "@/lib/apps/schema";
import { predictions } from "@/lib/decisions/schema";
import { DomainError } from "@/lib/kernel/errors";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import type { PolicyFacts } from "@/lib/policies/facts";
import { asksOf, policyInForce, ruleOn, type PolicyInForce } from "@/lib/policies/rule-on";
import type { Finding, PolicyRule } from "@/lib/policies/schema";
import { severityOf } from "@/lib/reviews/impact";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import type { ExperimentJob } from "./experiment-job";
import { without, type FreeAnswer, type FreeItem } from "./free-answer";

type About = {
  type_key: string;
  app_key: string;
  reversibility: Reversibility;
  cap: number | null;
  currency: string;
};

/** What a decision's row adds to an item. */
type Past = {
  id: string;
  at: string;
  amount: number | null;
  currency: string | null;
  context: JsonValue[] | null;
  subject_type: string | null;
  subject_id: string | null;
  metadata: JsonObject | null;
  findings: Finding[] | null;
};

/**
 * What the app's proposals would have become under one version of a policy: declined is not acting, whatever else it asks
 * for leaves the proposal and sends it to a person. A rule that asks for history is not answered: history as it was
 * then is not kept. Throws `not_found`.
 */
export async function policyAnswers(ctx: Context, job: ExperimentJob, versionId: string) {
  const [policy, about] = await Promise.all([versionOf(ctx, versionId), aboutOf(ctx, job)]);
  const asksHistory = asksOf([policy]).length > 0;
  return async (items: readonly FreeItem[]): Promise<FreeAnswer[]> => {
    const past = await pastOf(ctx, items);
    return items.map((item) => {
      const predicted = predictions.find((one) => one === item.recorded?.predicted);
      if (!predicted) return without("Nothing was recorded for this item, so there is nothing to rule on");
      const facts = factsOf(item, predicted, about, past.get(item.decision_id ?? ""));
      const ruling = ruleOn([policy], facts, { history: null });
      if (asksHistory && ruling.failed.length > 0)
        return without("A rule asks for history, and history as it was then is not kept");
      return answerOf(predicted, facts, ruling);
    });
  };
}

function answerOf(
  predicted: (typeof predictions)[number],
  facts: PolicyFacts,
  { caution, hits }: ReturnType<typeof ruleOn>,
): FreeAnswer {
  const asks = caution.review.length > 0;
  const declines = !asks && caution.decline !== null;
  return {
    predicted: declines ? "negative" : predicted,
    confidence: declines ? null : facts.confidence,
    output: {
      arguments: facts.arguments,
      route: asks ? "review" : declines ? "decline" : "as_before",
      rules: hits.map(({ ruleId }) => ruleId),
      rationale: [...caution.review, ...(caution.decline ? [caution.decline] : [])]
        .map(({ message }) => message)
        .join("; "),
    },
    latencyMs: null,
    error: null,
  };
}

async function versionOf(ctx: Context, id: string): Promise<PolicyInForce> {
  const [row] = await rowsOf<{
    id: string;
    policyId: string;
    number: number;
    name: string;
    rules: PolicyRule[];
  }>(
    ctx.db,
    sql`select v.id, v.policy_id as "policyId", v.number, p.name, v.rules from policy_versions v
      join policies p on p.id = v.policy_id where v.id = ${id} and v.org_id = ${ctx.orgId}`,
  );
  if (!row) throw new DomainError("not_found", `There is no policy version ${id.slice(0, 64)}`);
  const { id: versionId, ...rest } = row;
  return policyInForce({ ...rest, versionId });
}

async function aboutOf(ctx: Context, { app_id, type_id }: ExperimentJob): Promise<About> {
  const [row] = await rowsOf<About>(
    ctx.db,
    sql`select t.key as type_key, a.key as app_key, t.reversibility, au.amount_cap::float8 as cap, t.currency
      from decision_types t join apps a on a.id = ${app_id}
      left join autonomies au on au.type_id = t.id and au.app_id = a.id where t.id = ${type_id}`,
  );
  if (!row) throw new DomainError("not_found", "The decision type is gone");
  return row;
}

async function pastOf(ctx: Context, items: readonly FreeItem[]): Promise<Map<string, Past>> {
  const ids = items.flatMap(({ decision_id }) => decision_id ?? []);
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<Past>(
    ctx.db,
    sql`select d.id, to_char(d.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        d.amount::float8 as amount, d.currency, d.context, d.subject_type, d.subject_id, d.metadata, f.findings
      from decisions d left join decision_findings f on f.decision_id = d.id
      where d.id = any (${sql.param(ids)}::text[]) and d.org_id = ${ctx.orgId}`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function factsOf(
  { input, recorded }: FreeItem,
  predicted: string,
  about: About,
  past: Past | undefined,
): PolicyFacts {
  const { confidence, model, prompt_version: prompt } = recorded ?? {};
  const amount = past?.amount ?? null;
  const currency = past?.currency ?? null;
  const money = amount === null || currency === null ? null : { amount, currency };
  const cap = about.cap === null ? null : { amount: about.cap, currency: about.currency };
  const { subject_type: type, subject_id: id } = past ?? {};
  return {
    type: about.type_key,
    app: about.app_key,
    amount,
    currency,
    confidence: typeof confidence === "number" ? confidence : null,
    predicted,
    severity: severityOf({ amount: money, cap, reversibility: about.reversibility }),
    input,
    context: past?.context ?? null,
    arguments: isJsonObject(recorded?.arguments) ? recorded.arguments : {},
    subject: type && id ? { type, id } : null,
    metadata: past?.metadata ?? null,
    model: typeof model === "string" ? model : null,
    prompt_version: typeof prompt === "string" ? prompt : null,
    findings: past?.findings ?? [],
    at: past?.at ?? new Date().toISOString(),
  };
}
