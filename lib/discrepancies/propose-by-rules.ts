import type { Citation } from "@/lib/decisions/schema";
import type { EvidenceSource } from "@/lib/feedback/evidence";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import type { Cause } from "@/lib/kernel/statuses";
import type { AuditorAnswer } from "./proposal";
import { leavesOf, standing, type Leaf, type Quote } from "./quotes";
import type { Sides } from "./sides";

/** What the rules look at besides the evidence itself. */
export type RuleCase = {
  sides: Sides;
  evidence: EvidenceSource;
  inputSchema: JsonObject;
  citations: readonly Citation[];
  /** Policies and moderation findings that held when the decision was routed, in their own words. */
  warnings: readonly string[];
  /** It was carried out, or would have been. */
  acted: boolean;
};

type Found = { cause: Cause; why: string; confidence: number; quotes: Quote[] };

/**
 * A cause by fixed rules, where no model is asked: the first rule that holds names it. They read what is plain (an empty
 * field, a warning that was passed over, a reviewer alone against everybody who looked later) and say so; their
 * confidences are fixed numbers that claim little.
 */
export function proposeByRules(about: RuleCase): AuditorAnswer {
  const found =
    reviewerAlone(about) ??
    emptyInput(about) ??
    warningPassed(about) ??
    citesNothing(about) ??
    concluded(about);
  return { cause: found.cause, why: found.why, confidence: found.confidence, evidence: found.quotes };
}

function reviewerAlone({ sides, evidence }: RuleCase): Found | undefined {
  const { reviewer, auditor, system_of_record: world, customer, model } = sides;
  if (!reviewer || !model || model.truth === reviewer.truth) return undefined;
  const later = [auditor, world, customer].filter((word) => word !== undefined);
  if (later.length === 0 || later.some(({ truth }) => truth === reviewer.truth)) return undefined;
  return {
    cause: "reviewer",
    why: "The reviewer alone said otherwise: the model, and everybody who looked later, agree.",
    confidence: later.length > 1 ? 0.8 : 0.6,
    quotes: telling(evidence),
  };
}

function emptyInput({ evidence, inputSchema }: RuleCase): Found | undefined {
  if (!isJsonObject(evidence.input)) return undefined;
  const { input } = evidence;
  const properties = isJsonObject(inputSchema.properties) ? Object.keys(inputSchema.properties) : [];
  const empty = properties.filter((key) => isEmpty(input[key]));
  if (empty.length === 0) return undefined;
  const given = leavesOf(evidence).filter(({ part }) => part === "input");
  return {
    cause: "input",
    why: `The input has nothing in ${empty.slice(0, 3).join(", ")}; what it does have is quoted.`,
    confidence: 0.5,
    quotes: given.slice(0, 1).map(quoteOf),
  };
}

function isEmpty(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function warningPassed({ sides, evidence, warnings, acted }: RuleCase): Found | undefined {
  const [warning] = warnings;
  const someSaidNo = Object.values(sides).some(({ truth }) => truth === "negative");
  if (warning === undefined || !acted || !someSaidNo) return undefined;
  const args = leavesOf(evidence).filter(({ part }) => part === "arguments");
  return {
    cause: "policy",
    why: `It was acted on although a rule had spoken: ${warning}`,
    confidence: 0.5,
    quotes: (args.length > 0 ? args : leavesOf(evidence)).slice(0, 1).map(quoteOf),
  };
}

/** The rationale rests on words that are not in the context it names. */
function citesNothing({ evidence, citations }: RuleCase): Found | undefined {
  const context = leavesOf(evidence).filter(({ part }) => part === "context");
  const lost = citations.find(
    ({ quote }) => quote !== undefined && !context.some(({ text }) => text.includes(quote)),
  );
  if (!lost) return undefined;
  return {
    cause: "context",
    why: `The rationale rests on words of ${lost.context_id} that do not stand in the context.`,
    confidence: 0.5,
    quotes: telling(evidence),
  };
}

function concluded({ evidence }: RuleCase): Found {
  return {
    cause: "inference",
    why: "No rule finds another cause: nothing is missing, no rule had spoken, nobody stands alone.",
    confidence: 0.3,
    quotes: telling(evidence),
  };
}

const longestQuote = 240;

/** The first sentence of the rationale, else the longest text of the case: what a person would read first. */
function telling(evidence: EvidenceSource): Quote[] {
  const first = /^[^.!?\n]+[.!?]?/
    .exec(evidence.rationale ?? "")?.[0]
    .trim()
    .slice(0, longestQuote);
  const quote = first ? { part: "rationale" as const, pointer: "", quote: first } : undefined;
  if (quote && standing(evidence, quote)) return [quote];
  const longest = leavesOf(evidence).toSorted((a, b) => b.text.length - a.text.length)[0];
  return longest ? [quoteOf(longest)] : [];
}

function quoteOf({ part, pointer, text }: Leaf): Quote {
  return { part, pointer, quote: text.slice(0, longestQuote) };
}
