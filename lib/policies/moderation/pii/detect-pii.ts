import ipaddr from "ipaddr.js";
import type { Sighting } from "../agent-in-force";
import { cardScore } from "./card";
import { digitRuns, partsOf, type DigitRun } from "./digit-run";
import { ibanLength } from "./iban";
import { letteredIdScore, numericIdScore } from "./national-id";
import { contexts, patterns } from "./patterns";
import { phoneScore } from "./phone";

/** What the agent for personal data tells apart. Names, organisations and dates are not looked for: rules cannot. */
export const piiCategories = [
  "email",
  "phone",
  "iban",
  "payment_card",
  "national_id",
  "ip_address",
  "url_credentials",
  "secret",
  "birth_date",
  "postal_address",
] as const;
export type PiiCategory = (typeof piiCategories)[number];

type PiiSighting = Sighting & { category: PiiCategory };

/** Personal data in a text by form, check digits and numbering plans. Of two that overlap the likelier one stays. */
export function detectPii(text: string): Sighting[] {
  const seen = [
    ...matches(text, "url_credentials", patterns.urlCredentials, 0.97),
    ...matches(text, "secret", patterns.secret, 0.97),
    ...matches(text, "email", patterns.email, 0.97),
    ...matches(text, "birth_date", patterns.birthDate, 0.85),
    ...matches(text, "postal_address", patterns.street, 0.6),
    ...ibans(text),
    ...addresses(text),
    ...numbers(text),
    ...letteredIds(text),
  ];
  return withoutOverlaps(seen);
}

function matches(text: string, category: PiiCategory, pattern: RegExp, score: number): PiiSighting[] {
  return [...text.matchAll(pattern)].map((match) => {
    return { category, score, start: match.index, end: match.index + match[0].length };
  });
}

function ibans(text: string): PiiSighting[] {
  return [...text.matchAll(patterns.iban)].flatMap((match) => {
    const length = ibanLength(match[0]);
    if (length === null) return [];
    return { category: "iban" as const, score: 0.98, start: match.index, end: match.index + length };
  });
}

function addresses(text: string): PiiSighting[] {
  const found = [...text.matchAll(patterns.ipv4), ...text.matchAll(patterns.ipv6)];
  return found.flatMap((match) => {
    const score = addressScore(match[0], text.slice(Math.max(0, match.index - 12), match.index));
    if (score === null) return [];
    const place = { start: match.index, end: match.index + match[0].length };
    return { category: "ip_address" as const, score, ...place };
  });
}

// An address of a private network names no person on the internet; ::, 1::2 and 12:30:45 are hardly addresses.
function addressScore(raw: string, before: string): number | null {
  if (contexts.version.test(before)) return null;
  if (raw.includes(":") && raw.replaceAll(/[^0-9a-f]/gi, "").length < 8) return null;
  if (!ipaddr.isValid(raw)) return null;
  return ipaddr.parse(raw).range() === "unicast" ? 0.85 : 0.3;
}

// A run that is a number as a whole is not read in parts as well.
function numbers(text: string): PiiSighting[] {
  return digitRuns(text).flatMap((run) => {
    const whole = numberIn(run);
    return whole ? [whole] : partsOf(text, run).flatMap((part) => numberIn(part) ?? []);
  });
}

function numberIn(run: DigitRun): PiiSighting | null {
  const { start, end } = run;
  const card = cardScore(run);
  if (card !== null) return { category: "payment_card", score: card, start, end };
  const person = numericIdScore(run);
  if (person !== null) return { category: "national_id", score: person, start, end };
  const phone = phoneScore(run);
  return phone === null ? null : { category: "phone", score: phone, start, end };
}

function letteredIds(text: string): PiiSighting[] {
  return [...text.matchAll(patterns.lettered)].flatMap((match) => {
    const score = letteredIdScore(match[0]);
    if (score === null) return [];
    const place = { start: match.index, end: match.index + match[0].length };
    return { category: "national_id" as const, score, ...place };
  });
}

// Likelier first, then longer: what overlaps a kept one is another reading of the same characters.
function withoutOverlaps(seen: readonly PiiSighting[]): PiiSighting[] {
  const best = seen.toSorted(
    (a, b) => b.score - a.score || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const taken = new Set<number>();
  const kept = best.filter(({ start, end }) => {
    for (let unit = start; unit < end; unit += 1) if (taken.has(unit)) return false;
    for (let unit = start; unit < end; unit += 1) taken.add(unit);
    return true;
  });
  return kept.toSorted((a, b) => a.start - b.start);
}
