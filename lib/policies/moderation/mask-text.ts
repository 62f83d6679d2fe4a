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

/** The value with every string in it masked; its shape stays. */
export function maskStrings<T>(value: T, categories: ReadonlySet<string>): T {
  // The same shape with other strings: what is no string keeps its own value.
  return masked(value, categories) as T;
}

function masked(value: unknown, categories: ReadonlySet<string>): unknown {
  if (typeof value === "string") return maskText(value, categories);
  if (Array.isArray(value)) return value.map((item) => masked(item, categories));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, categories)]));
}
