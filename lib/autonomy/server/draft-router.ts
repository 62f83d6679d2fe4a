import { sql } from "drizzle-orm";
import type { Reversibility } from "@/lib/apps/schema";
import type { Reason } from "@/lib/decisions/schema";
import { handlingTimes } from "@/lib/evaluations/server/attention-handling";
import { DomainError } from "@/lib/kernel/errors";
import type { PolicyFacts } from "@/lib/policies/facts";
import { asksOf, drawnCaution, policyInForce, ruleOn, type PolicyInForce } from "@/lib/policies/rule-on";
import type { PolicyRule } from "@/lib/policies/schema";
import { severityOf } from "@/lib/reviews/impact";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { underPolicy, underThreshold, type Rerouted, type TypeRules } from "../replay";
import type { TypeFacts } from "../replay-result";
import { placeOf } from "../replay-sums";
import type { PastContent, PastRow } from "./read-past";
import type { ReplaySpec } from "./rows-of-replay";

/** Where a past decision would go; null: the draft cannot be asked about it as it would have been then. */
export type DraftRouter = (past: PastRow) => Rerouted | null;

export type TypeOfApp = TypeRules & TypeFacts & { reversibility: Reversibility };

type TypeRow = TypeOfApp & { id: string };

/** The types that an app may have decisions of, with what is in force for the app today, by id. */
export async function typesOfApp(ctx: Context, appId: string): Promise<Map<string, TypeOfApp>> {
  const [rows, { types }] = await Promise.all([
    rowsOf<Omit<TypeRow, "handlingSeconds">>(
      ctx.db,
      sql`select t.id, au.amount_cap::float8 as "amountCap", t.currency, t.amount_pointer is not null as "movesMoney",
          t.cost_wrong_yes::float8 as "costWrongYes", t.cost_wrong_no::float8 as "costWrongNo", t.reversibility
        from decision_types t left join autonomies au on au.type_id = t.id and au.app_id = ${appId}
        where t.org_id = ${ctx.orgId}`,
    ),
    handlingTimes(ctx),
  ]);
  return new Map(
    rows.map(({ id, ...row }) => [
      id,
      { ...row, handlingSeconds: types.get(`${appId}/${id}`)?.median ?? null },
    ]),
  );
}

/** What routes past decisions under a replay's draft. Throws where the draft is another one by now. */
export async function draftRouter(
  ctx: Context,
  spec: ReplaySpec,
  types: ReadonlyMap<string, TypeOfApp>,
): Promise<DraftRouter> {
  const { draft } = spec;
  if (draft.kind === "policy") return policyRouter(await versionOf(ctx, spec), types);
  const { thresholds, audit_rate: auditRate } = draft;
  return (past) => {
    const rules = types.get(past.typeId);
    return rules ? underThreshold(past, { thresholds, auditRate }, rules) : null;
  };
}

async function versionOf(ctx: Context, spec: ReplaySpec): Promise<PolicyInForce> {
  const { version_id: id, digest } = spec;
  const [row] = await rowsOf<{
    id: string;
    policyId: string;
    number: number;
    name: string;
    rules: PolicyRule[];
  }>(
    ctx.db,
    sql`select v.id, v.policy_id as "policyId", v.number, p.name, v.rules
      from policy_versions v join policies p on p.id = v.policy_id
      where v.id = ${id ?? ""} and v.org_id = ${ctx.orgId} and md5(v.rules::text) = ${digest ?? ""}`,
  );
  if (!row)
    throw new DomainError("conflict", "The draft was changed while it was replayed: replay it as it is now");
  const { id: versionId, ...rest } = row;
  return policyInForce({ ...rest, versionId });
}

function policyRouter(policy: PolicyInForce, types: ReadonlyMap<string, TypeOfApp>): DraftRouter {
  // History as it was then is not kept: what a rule would have counted is not known.
  const unanswerable = new Set(
    policy.rules.filter((rule) => asksOf([{ ...policy, rules: [rule] }]).length > 0).map(({ id }) => id),
  );
  const isOwn = ({ kind, detail }: Reason) => kind === "policy" && detail?.policy_id === policy.policyId;
  return (past) => {
    if (past.route === "shadow") return underPolicy(past, { review: [], decline: null }, isOwn);
    const ruling = ruleOn([policy], factsOf(past, types.get(past.typeId)), { history: null });
    if (ruling.failed.some(({ ruleId }) => unanswerable.has(ruleId))) return null;
    // A sample of its own, as random as the one that would have been drawn.
    return underPolicy(past, drawnCaution(ruling, placeOf(`sample ${past.id}`) / 2 ** 53), isOwn);
  };
}

function factsOf(past: PastRow, type: TypeOfApp | undefined): PolicyFacts {
  const { amount, currency, subject_type: subjectType, subject_id: subjectId } = past;
  const content = contentOf(past);
  return {
    type: content.type_key,
    app: content.app_key,
    amount,
    currency,
    confidence: past.confidence,
    predicted: past.predicted,
    severity: stakeOf(past, type),
    input: content.input,
    context: content.context,
    arguments: content.arguments,
    subject: subjectType && subjectId ? { type: subjectType, id: subjectId } : null,
    metadata: content.metadata,
    model: content.model,
    prompt_version: content.prompt_version,
    findings: content.findings ?? [],
    at: content.at,
  };
}

function contentOf(past: PastRow): PastContent {
  const { at, type_key, app_key, input, arguments: args } = past;
  if (at === undefined || type_key === undefined || app_key === undefined || args === undefined) {
    throw new Error("a policy is asked about decisions read with their content");
  }
  return {
    at,
    type_key,
    app_key,
    input: input ?? null,
    context: past.context ?? null,
    arguments: args,
    subject_type: past.subject_type ?? null,
    subject_id: past.subject_id ?? null,
    metadata: past.metadata ?? null,
    model: past.model ?? null,
    prompt_version: past.prompt_version ?? null,
    findings: past.findings ?? null,
    bytes: past.bytes ?? 0,
  };
}

function stakeOf({ amount, currency }: PastRow, type: TypeOfApp | undefined): string {
  if (!type) return "high";
  const cap = type.amountCap === null ? null : { amount: type.amountCap, currency: type.currency };
  const money = amount === null || currency === null ? null : { amount, currency };
  return severityOf({ amount: money, cap, reversibility: type.reversibility });
}
