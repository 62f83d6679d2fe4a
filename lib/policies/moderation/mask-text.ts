import { idPrefixes } from "@/lib/kernel/ids";
import { categoryName } from "./catalogue";
import { notedFrom } from "./measure";
import { detectPii } from "./pii/detect-pii";

/** UTF-16 units of one text that are looked through; what is beyond is left out whole. */
export const mostMasked = 20_000;

/** The text with what is personal in it replaced by what it is: `[E-mail address]`. Only the categories given. */
export function maskText(text: string, categories: ReadonlySet<string>): string {
  const seen = text.slice(0, mostMasked);
  const rest = text.length > mostMasked ? " [Not shown: too long to be looked through]" : "";
  let masked = "";
  let from = 0;
  for (const { category, score, start, end } of detectPii(seen)) {
    if (score < notedFrom || !categories.has(category)) continue;
    masked += `${seen.slice(from, start)}[${categoryName("pii", category)}]`;
    from = end;
  }
  return masked + seen.slice(from) + rest;
}

/**
 * The value with every string in it masked, the names of its fields and numbers long enough for a card or a person's
 * number among them; its shape stays, and so do our own ids and times.
 */
export function maskStrings<T>(value: T, categories: ReadonlySet<string>): T {
  // The same shape with other strings: what is no string keeps its own value.
  return masked(value, categories) as T;
}

// Shorter than this a number is an amount or a count; from here on it may be a payment card's.
const leastCardNumber = 1e12;
const ownText = new RegExp(
  `^(?:(?:${Object.values(idPrefixes).join("|")})_[0-9a-z]{26}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]{5,15}(?:Z|[+-]\\d\\d:\\d\\d))$`,
);

function masked(value: unknown, categories: ReadonlySet<string>): unknown {
  if (typeof value === "string") return ownText.test(value) ? value : maskText(value, categories);
  if (typeof value === "number") return maskedNumber(value, categories);
  if (Array.isArray(value)) return value.map((item) => masked(item, categories));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const named = new Map<string, unknown>();
  for (const [key, item] of Object.entries(value))
    named.set(freeName(named, maskText(key, categories)), masked(item, categories));
  return Object.fromEntries(named);
}

function maskedNumber(value: number, categories: ReadonlySet<string>): number | string {
  if (!Number.isSafeInteger(value) || value < leastCardNumber) return value;
  const text = maskText(String(value), categories);
  return text === String(value) ? value : text;
}

/** Two fields that are masked alike stay two. */
function freeName(taken: ReadonlyMap<string, unknown>, name: string): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}
