import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { detectPii, type PiiCategory } from "./pii/detect-pii";
import { notedFrom, type LabelledText, type Measured } from "./measure";

/** Public labelled sets beside the checkout; they are measured on and never shipped. */
const folder = path.join(import.meta.dirname, "../../../../shared/data/labelled");
/** The set's file, or null where the folder is absent. */
export function sharedSet(name: string): string | null {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** `prompt_injection.csv` (id, split, text, label), one of its splits or all. */
export function injectionSet(csv: string, split?: "train" | "test"): LabelledText[] {
  return csvRows(csv)
    .slice(1)
    .filter((row) => split === undefined || row[1] === split)
    .map((row) => ({ text: row[2] ?? "", label: row[3] === "1" }));
}

/**
 * The set in three parts: `dev` was read while the first families of rules were written, and of `held_out`, the rest of
 * the train part by a fixed hash of the text, what they had missed was read before the next ones. Of `test` nobody read a
 * text: only it can say how the rules do on what is new.
 */
export function injectionParts(csv: string): Record<"dev" | "held_out" | "test", LabelledText[]> {
  const train = injectionSet(csv, "train");
  return {
    dev: train.filter(({ text }) => isDev(text)),
    held_out: train.filter(({ text }) => !isDev(text)),
    test: injectionSet(csv, "test"),
  };
}

const isDev = (text: string) => (createHash("sha256").update(text).digest()[0] ?? 0) < 128;

/** The third column of a CSV: texts of customers in which nothing is to be found. */
export function cleanSet(csv: string): LabelledText[] {
  return csvRows(csv)
    .slice(1)
    .map((row) => ({ text: row[2] ?? "", label: false }));
}

function csvRows(csv: string): string[][] {
  return [...csv.replaceAll("\r", "").matchAll(/(?:(?:"(?:[^"]|"")*"|[^",\n]*)(?:,|(?=\n|$)))+\n?/g)].flatMap(
    ([line]) => {
      const cells = [...line.replace(/\n$/, "").matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)];
      return line === "" ? [] : [cells.map((cell) => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? "")];
    },
  );
}

type Span = { type: string; start: number; end: number };
type Marked = { text: string; spans: Span[] };

/** `pii_presidio.jsonl`: texts with the places of what is personal in them. */
export function markedTexts(jsonl: string): Marked[] {
  return jsonl
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Marked);
}

/** The set's names of what our agent looks for; the others (names, places, dates) it does not look for. */
export const presidioTypes: Readonly<Record<string, PiiCategory>> = {
  EMAIL_ADDRESS: "email",
  PHONE_NUMBER: "phone",
  IBAN_CODE: "iban",
  CREDIT_CARD: "payment_card",
  US_SSN: "national_id",
  IP_ADDRESS: "ip_address",
};

/** Span by span, for one category or those given together: what overlaps a marked span of its category is right. */
export function measureSpans(texts: readonly Marked[], categories: readonly PiiCategory[]): Measured {
  const counts = { n: 0, tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { text, spans } of texts) {
    const wanted = spans.filter(({ type }) => categories.includes(presidioTypes[type] ?? "secret"));
    const found = detectPii(text).filter(({ category, score }) => {
      return score >= notedFrom && categories.some((one) => one === category);
    });
    const isHit = (span: Span) =>
      found.some(
        (one) => presidioTypes[span.type] === one.category && one.start < span.end && span.start < one.end,
      );
    const hits = wanted.filter(isHit).length;
    counts.n += wanted.length;
    counts.tp += hits;
    counts.fn += wanted.length - hits;
    counts.fp += found.filter(
      (one) =>
        !wanted.some(
          (span) => presidioTypes[span.type] === one.category && one.start < span.end && span.start < one.end,
        ),
    ).length;
  }
  return counts;
}
