import { fieldWords } from "@/lib/kernel/field-words";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { isRecord } from "./is-record";

export type EditField = {
  key: string;
  label: string;
  kind: "text" | "long" | "integer" | "number" | "boolean" | "choice" | "money" | "json";
  required: boolean;
  hint?: string;
  options: string[];
};

type About = { schema: JsonObject; args: JsonObject; amountPointer: string | null; digits: number };

/** The fields of an edit form, from a type's arguments schema; what the schema does not name comes last, as JSON. */
export function editFields({ schema, args, amountPointer }: About): EditField[] {
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const keys = [...new Set([...Object.keys(properties), ...Object.keys(args)])];
  return keys.map((key) => {
    const rule = properties[key];
    const shape = isRecord(rule) ? rule : {};
    const title = typeof shape["title"] === "string" ? shape["title"] : fieldWords(key);
    const isAmount = amountPointer === `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const kind = isAmount ? "money" : kindOf(shape, args[key]);
    return {
      key,
      // A title such as "Amount in minor units" would be wrong here: people type what they read on the invoice.
      label: isAmount ? fieldWords(key) : title,
      kind,
      required: required.includes(key),
      hint: typeof shape["description"] === "string" ? shape["description"] : undefined,
      options: kind === "choice" && Array.isArray(shape["enum"]) ? shape["enum"].map(String) : [],
    };
  });
}

function kindOf(shape: JsonObject, value: JsonValue | undefined): EditField["kind"] {
  const named = Array.isArray(shape["type"]) ? shape["type"].find((type) => type !== "null") : shape["type"];
  const type = named ?? (value === undefined || value === null ? "json" : typeof value);
  if (Array.isArray(shape["enum"]) && shape["enum"].every((each) => typeof each === "string"))
    return "choice";
  if (type === "integer" || type === "number" || type === "boolean") return type;
  if (type !== "string") return "json";
  const long = typeof value === "string" && (value.length > 80 || value.includes("\n"));
  return long ? "long" : "text";
}

/** What the form shows at first: each argument as text. */
export function editTexts(fields: readonly EditField[], { args, digits }: About): Record<string, string> {
  return Object.fromEntries(fields.map(({ key, kind }) => [key, textOf(args[key], kind, digits)]));
}

function textOf(value: JsonValue | undefined, kind: EditField["kind"], digits: number): string {
  if (value === undefined) return "";
  if (kind === "money" && typeof value === "number") return (value / 10 ** digits).toFixed(digits);
  if (kind === "json") return JSON.stringify(value, null, 2);
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

type Parsed = { args: JsonObject; errors: Record<string, string> };

/** The arguments that the texts say; untouched fields keep the proposal's own value, an emptied optional one goes. */
export function editedArguments(
  fields: readonly EditField[],
  texts: Record<string, string>,
  about: About,
): Parsed {
  const before = editTexts(fields, about);
  const args: JsonObject = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const text = texts[field.key] ?? "";
    const was = about.args[field.key];
    if (text === before[field.key]) {
      if (was !== undefined) args[field.key] = was;
      continue;
    }
    if (text.trim() === "" && !field.required) continue;
    const parsed = parse(field, text, about.digits);
    if (typeof parsed === "object" && parsed !== null && "problem" in parsed)
      errors[field.key] = parsed.problem;
    else args[field.key] = parsed.value;
  }
  return { args, errors };
}

function parse(
  { kind }: EditField,
  text: string,
  digits: number,
): { value: JsonValue } | { problem: string } {
  switch (kind) {
    case "text":
    case "long":
    case "choice":
      return { value: text };
    case "boolean":
      return { value: text === "true" };
    case "integer":
      return /^-?\d+$/.test(text.trim()) ? { value: Number(text) } : { problem: "Write a whole number" };
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text))
        ? { value: Number(text) }
        : { problem: "Write a number" };
    case "money":
      return minorUnitsOf(text, digits);
    case "json":
      try {
        return { value: JSON.parse(text) as JsonValue };
      } catch {
        return { problem: "This is not JSON" };
      }
  }
}

// By the digits and not by multiplying: 18.10 × 100 is not 1810 to a computer.
function minorUnitsOf(text: string, digits: number): { value: number } | { problem: string } {
  const found = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim());
  const fraction = found?.[2] ?? "";
  if (!found || fraction.length > digits) {
    return {
      problem:
        digits === 0
          ? "Write a whole amount"
          : `Write an amount with up to ${digits} decimals, such as 18.00`,
    };
  }
  return { value: Number(`${found[1]}${fraction.padEnd(digits, "0")}`) };
}

export type Change = { key: string; before: JsonValue | undefined; after: JsonValue | undefined };

/** The top-level arguments that differ. */
export function changesOf(before: JsonObject, after: JsonObject): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys
    .map((key) => ({ key, before: before[key], after: after[key] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** Decimals that amounts of a currency are written with. */
export function digitsOf(currency: string | undefined): number {
  if (!currency) return 0;
  return (
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}
