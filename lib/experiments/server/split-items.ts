import { createHash } from "node:crypto";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import type { SplitShares } from "../datasets";
import type { Split } from "../vocabulary";

/** Fewer letters and digits than these say too little to call two inputs the same. */
const leastText = 40;

/**
 * What two inputs share when they say the same in words, however spaced, cased or punctuated: a hash of the letters
 * and digits of every string in them. Null where there are too few.
 */
export function textHashOf(input: JsonObject): string | null {
  const words = stringsOf(input).map((text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  );
  const text = words.filter((word) => word !== "").join("\n");
  return text.length < leastText ? null : sha256(text);
}

function stringsOf(value: JsonValue): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (typeof value !== "object" || value === null) return [];
  // By key, so that the order in which an app writes its fields is no difference.
  return Object.keys(value)
    .toSorted()
    .flatMap((key) => stringsOf(value[key] ?? null));
}

export type Grouped = { subject: string; textHash: string | null };

/**
 * The split of each item. Items of one subject, and items that say the same, are of one group, and a group is in one
 * split: it is drawn from the seed and the group's least subject, so that neither order nor time moves it.
 */
export function splitsOf(items: readonly Grouped[], shares: SplitShares, seed: string): Split[] {
  const groups = groupsOf(items);
  return groups.map((group) => drawnSplit(placeOf(seed, group), shares));
}

/** For each item the least subject that it is joined with, by its own subject or by a text said alike. */
export function groupsOf(items: readonly Grouped[]): string[] {
  const parents = new Map<string, string>();
  const rootOf = (subject: string): string => {
    let root = subject;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    let here = subject;
    while (here !== root) {
      const next = parents.get(here) ?? root;
      parents.set(here, root);
      here = next;
    }
    return root;
  };
  const join = (a: string, b: string) => {
    const [one, other] = [rootOf(a), rootOf(b)];
    if (one !== other) parents.set(one < other ? other : one, one < other ? one : other);
  };
  const firstWith = new Map<string, string>();
  for (const { subject, textHash } of items) {
    if (!parents.has(subject)) parents.set(subject, subject);
    if (textHash === null) continue;
    const known = firstWith.get(textHash);
    if (known === undefined) firstWith.set(textHash, subject);
    else join(known, subject);
  }
  return items.map(({ subject }) => rootOf(subject));
}

/** Uniform in [0, 1): the first 48 bits of a hash. */
function placeOf(seed: string, group: string): number {
  return Number.parseInt(sha256(canonicalJson([seed, group])).slice(0, 12), 16) / 2 ** 48;
}

function drawnSplit(place: number, { train, validation, test }: SplitShares): Split {
  if (place < train) return "train";
  if (place < train + validation) return "validation";
  // Shares add up to 1 but for the last bits: what is left over goes where anything may go.
  return test > 0 ? "test" : validation > 0 ? "validation" : "train";
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
