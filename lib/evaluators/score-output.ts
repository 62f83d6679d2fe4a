import type { Prediction, Truth } from "@/lib/decisions/schema";
import { atPointer, isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import { sameJson } from "./same-json";
import { tokenCosine, editRatio } from "./text-likeness";

/** What a scorer says of one output: `score` 0 to 1; a null says that it could not be told, and `rationale` why. */
export type Given = {
  score: number | null;
  passed: boolean | null;
  label: string | null;
  rationale: string | null;
};

/** What an app or a candidate came out with. */
export type Output = { predicted: Prediction; arguments: JsonObject; rationale: string };

/** What is known to be right: was acting right, and the right arguments; null where it is not known. */
export type Expected = { truth: Truth | null; arguments: JsonObject | null };

/**
 * Right or wrong, as a person would count it: the proposal against the truth and, where acting was right and the right
 * arguments are known, each of those (or of `fields`, as JSON pointers) exactly. `score`: share of what was compared that agrees.
 */
export function scoreExact(
  { output, expected }: { output: Output; expected: Expected },
  { fields }: { fields?: readonly string[] | undefined } = {},
): Given {
  const compared: [string, boolean][] = [];
  if (expected.truth !== null) compared.push(["proposal", output.predicted === expected.truth]);
  const right = expected.arguments;
  if (right !== null && expected.truth !== "negative") {
    for (const pointer of fields?.length ? fields : Object.keys(right).map(pointerOf)) {
      compared.push([pointer, sameJson(atPointer(output.arguments, pointer), atPointer(right, pointer))]);
    }
  }
  if (compared.length === 0) return unknown("Nothing is known yet of what was right.");
  const wrong = compared.filter(([, isSame]) => !isSame).map(([name]) => name);
  return {
    score: (compared.length - wrong.length) / compared.length,
    passed: wrong.length === 0,
    label: wrong.length === 0 ? "same" : "different",
    rationale: wrong.length === 0 ? null : `Different: ${wrong.slice(0, 20).join(", ")}`,
  };
}

/** How alike two texts are, by the letters to change or by the words they share. */
export const likenesses = ["edit_distance", "words"] as const;
export type Likeness = (typeof likenesses)[number];

/** How alike the text at `field` (a JSON pointer into the arguments) is to the right one; passes from `passAt` on. */
export function scoreSimilarity(
  { output, expected }: { output: Output; expected: Expected },
  { field, method, passAt }: { field: string; method: Likeness; passAt: number },
): Given {
  if (expected.arguments === null) return unknown("Nothing is known yet of what was right.");
  const right = textOf(atPointer(expected.arguments, field));
  const said = textOf(atPointer(output.arguments, field));
  if (right === null) return unknown(`The right answer has no ${field}.`);
  if (said === null) return { score: 0, passed: false, label: "missing", rationale: `There is no ${field}.` };
  const score = method === "words" ? tokenCosine(said, right) : editRatio(said, right);
  const passed = score >= passAt;
  return { score, passed, label: passed ? "alike" : "unlike", rationale: null };
}

/** A cost or a time against its limit: 1 at nothing, one half at the limit, and less beyond it. */
export function scoreLimit(
  value: number | null,
  { most, unit }: { most: number; unit: "ms" | "micros" },
): Given {
  if (value === null)
    return unknown(unit === "ms" ? "Nobody said how long it took." : "Nobody said what it cost.");
  const passed = value <= most;
  const said = unit === "ms" ? `${Math.round(value)} ms` : `${(value / 1e6).toFixed(6)}`;
  return { score: most / (most + value), passed, label: passed ? "within" : "over", rationale: said };
}

/** An expression's or a check's answer: yes and no are 1 and 0; a number counts from 0 to 1 and passes from `passAt` on. */
export function scoreValue(value: boolean | number, passAt: number): Given {
  if (typeof value === "boolean") {
    return { score: value ? 1 : 0, passed: value, label: value ? "true" : "false", rationale: null };
  }
  if (!(value >= 0 && value <= 1)) return unknown("The expression came to a number that is not from 0 to 1.");
  return { score: value, passed: value >= passAt, label: null, rationale: null };
}

/** A rationale that should be a JSON document, or null where it is none. */
export function jsonOf(text: string): JsonValue | null {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}

/** A score that could not be told, with the reason. */
export function unknown(rationale: string): Given {
  return { score: null, passed: null, label: null, rationale };
}

const pointerOf = (key: string) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  return isJsonObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
