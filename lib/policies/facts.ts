import { instantOf } from "@/lib/kernel/instant";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { Finding } from "./schema";

/**
 * What a rule may look at of a decision, as it was when it came in. `null` and what is left out are absent in the
 * rule: reading them is an error, `has(decision.amount)` asks first.
 */
export type Facts = {
  /** The keys, not the ids. */
  type: string;
  app: string;
  /** Minor units of `currency`. */
  amount: number | null;
  currency: string | null;
  confidence: number | null;
  predicted: string;
  severity: string;
  input: JsonValue;
  context: readonly JsonValue[] | null;
  arguments: JsonObject;
  subject: { type: string; id: string } | null;
  metadata: JsonObject | null;
  model: string | null;
  prompt_version: string | null;
  /** Codes of why a person is asked: `over_cap`, `below_threshold`, … */
  reasons: readonly string[];
};

/** What a policy's rule may look at: it is asked before anybody knows why a person would be. */
export type PolicyFacts = Omit<Facts, "reasons"> & {
  /** When it came in, RFC 3339. */
  at: string;
  findings: readonly Finding[];
};

/** One line of what the editor of a rule offers: the name, its CEL type, and what it means. */
export type FactMeaning = { name: string; type: string; meaning: string };

/** Every fact by name, in the order people look for them. The environment that checks rules is made from it. */
export const factMeanings = [
  { name: "type", type: "string", meaning: "key of the decision type, such as refund.issue" },
  { name: "app", type: "string", meaning: "key of the app that submitted it" },
  {
    name: "amount",
    type: "double",
    meaning: "what the action moves, in minor units; absent when it moves none",
  },
  { name: "currency", type: "string", meaning: "of the amount, such as EUR; absent when it moves none" },
  { name: "confidence", type: "double", meaning: "the app's own, from 0.0 to 1.0; absent when it gave none" },
  { name: "predicted", type: "string", meaning: "positive: the model proposes to act; negative: not to" },
  { name: "severity", type: "string", meaning: "low, medium or high" },
  { name: "reasons", type: "list<string>", meaning: "why a person is asked, such as over_cap" },
  { name: "arguments", type: "map<string, dyn>", meaning: "of the proposed action" },
  { name: "input", type: "dyn", meaning: "what the app was asked to decide on" },
  { name: "context", type: "list<dyn>", meaning: "what the app gave beside it; may be empty" },
  { name: "subject.type", type: "string", meaning: "what it is about, such as customer; may be absent" },
  { name: "subject.id", type: "string", meaning: "which one it is about" },
  { name: "metadata", type: "map<string, dyn>", meaning: "of the submission; may be empty" },
  { name: "model", type: "string", meaning: "name of the model; may be absent" },
  { name: "prompt_version", type: "string", meaning: "may be absent" },
] as const satisfies readonly FactMeaning[];

type Present = { [Name in keyof Facts]: NonNullable<Facts[Name]> | undefined };

/** The facts as the evaluator takes them: what is null is not there. Written out, because it is made for every decision. */
export function presentFacts(facts: Facts): Present {
  return {
    type: facts.type,
    app: facts.app,
    amount: facts.amount ?? undefined,
    currency: facts.currency ?? undefined,
    confidence: facts.confidence ?? undefined,
    predicted: facts.predicted,
    severity: facts.severity,
    input: facts.input ?? undefined,
    context: facts.context ?? [],
    arguments: facts.arguments,
    subject: facts.subject ?? undefined,
    metadata: facts.metadata ?? {},
    model: facts.model ?? undefined,
    prompt_version: facts.prompt_version ?? undefined,
    reasons: facts.reasons,
  };
}

/** The facts of a policy's rule by name, in the order people look for them. */
export const policyMeanings: readonly FactMeaning[] = [
  ...factMeanings.filter(({ name }) => name !== "reasons"),
  {
    name: "findings",
    type: "list<dyn>",
    meaning: 'what agents saw in its text; decision.findings.score("iban") is the highest score, else 0.0',
  },
  {
    name: "at",
    type: "google.protobuf.Timestamp",
    meaning: 'when it came in; decision.at.getHours("Europe/Berlin") is the hour there',
  },
];

/** As {@link presentFacts}, for a policy's rule. */
export function presentPolicyFacts(facts: PolicyFacts) {
  const { reasons: _, ...present } = presentFacts({ ...facts, reasons: [] });
  return { ...present, at: instantOf(facts.at), findings: facts.findings };
}
