import type { Truth } from "@/lib/decisions/schema";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonObject } from "@/lib/kernel/json";
import { discrepancySides, type DiscrepancySide, type DiscrepancyStatus } from "./vocabulary";

/**
 * What one side stands for: was acting right, and with which arguments where it says so. `said` is its own word for it
 * (`approve`, `incorrect`, `down` …), `by` an actor's name, `at` RFC 3339.
 */
export type Word = {
  truth: Truth;
  arguments: JsonObject | null;
  said: string;
  by: string | null;
  at: string | null;
  text: string | null;
};
export type Sides = Partial<Record<DiscrepancySide, Word>>;

/** True when both cannot be right: one says to act and the other not, or they would act differently. */
export function disagree(one: Word, other: Word): boolean {
  if (one.truth !== other.truth) return true;
  if (one.truth === "negative" || one.arguments === null || other.arguments === null) return false;
  return canonicalJson(one.arguments) !== canonicalJson(other.arguments);
}

/** The pairs that disagree, `model-reviewer` …, in the order of the vocabulary. */
export function pairsOf(sides: Sides): string[] {
  return discrepancySides.flatMap((one, at) =>
    discrepancySides.slice(at + 1).flatMap((other) => {
      const [first, second] = [sides[one], sides[other]];
      return first && second && disagree(first, second) ? [`${one}-${other}`] : [];
    }),
  );
}

/** Every pair there can be, for filters. */
export const possiblePairs: readonly string[] = discrepancySides.flatMap((one, at) =>
  discrepancySides.slice(at + 1).map((other) => `${one}-${other}`),
);

/** Who is believed until a person says otherwise: the world over an auditor, over the customer, over a reviewer. */
const strongestFirst: readonly DiscrepancySide[] = [
  "system_of_record",
  "auditor",
  "customer",
  "reviewer",
  "llm_auditor",
  "model",
];

/** The side to believe until a person says otherwise; undefined where nobody spoke. */
export function strongestSide(sides: Sides): DiscrepancySide | undefined {
  return strongestFirst.find((side) => sides[side] !== undefined);
}

/** The record as it stands. `truth`: what the person who confirmed took for right. */
export type Standing = {
  status: DiscrepancyStatus;
  sides: Sides;
  truth: Truth | null;
  dismissedBySystem: boolean;
};

/** What becomes of a record. `asks`: a cause is to be proposed (again). */
export type Step =
  | { kind: "none" }
  | { kind: "open" }
  | { kind: "update"; asks: boolean }
  | { kind: "dismiss"; note: string }
  | { kind: "reopen"; note: string };

/** What the sides as they are now make of the record that stands, if one does. The same sides again make nothing. */
export function stepOf(standing: Standing | undefined, sides: Sides): Step {
  const pairs = pairsOf(sides);
  if (!standing) return pairs.length > 0 ? { kind: "open" } : { kind: "none" };
  const moved = movedSides(standing.sides, sides);
  if (moved.length === 0) return { kind: "none" };
  switch (standing.status) {
    case "open":
    case "proposed":
      return pairs.length > 0 ? { kind: "update", asks: true } : { kind: "dismiss", note: agreed(moved) };
    case "confirmed": {
      const against = moved.find((side) => sides[side] && sides[side].truth !== standing.truth);
      return against ? { kind: "reopen", note: contradicts(against) } : { kind: "update", asks: false };
    }
    case "dismissed": {
      const against = moved.find((side) => pairs.some((pair) => pair.split("-").includes(side)));
      const back = standing.dismissedBySystem && pairs.length > 0 ? moved[0] : undefined;
      const by = against ?? back;
      return by ? { kind: "reopen", note: contradicts(by) } : { kind: "update", asks: false };
    }
  }
}

/** Sides that are new, say something else, or take their word back. */
function movedSides(before: Sides, after: Sides): DiscrepancySide[] {
  return discrepancySides.filter((side) => meaning(before[side]) !== meaning(after[side]));
}

function meaning(word: Word | undefined): string {
  return word ? canonicalJson([word.truth, word.arguments, word.said]) : "";
}

export const sideWords: Record<DiscrepancySide, string> = {
  model: "Model",
  reviewer: "Reviewer",
  auditor: "Auditor",
  customer: "Customer",
  llm_auditor: "LLM auditor",
  system_of_record: "System of record",
};

const lower = (side: DiscrepancySide) =>
  side === "llm_auditor" ? "LLM auditor" : sideWords[side].toLowerCase();

function agreed(moved: readonly DiscrepancySide[]): string {
  const who = moved.map(lower).join(" and the ");
  return `All sides agree since the ${who} said something else.`;
}

function contradicts(side: DiscrepancySide): string {
  return `Opened again: the ${lower(side)} says otherwise now.`;
}

/** What a pair is called on screens: `Model and reviewer`. */
export function pairWords(pair: string): string {
  const [one, other] = pair
    .split("-")
    .flatMap((name) => discrepancySides.find((side) => side === name) ?? []);
  return one && other ? `${sideWords[one]} and ${lower(other)}` : pair;
}
