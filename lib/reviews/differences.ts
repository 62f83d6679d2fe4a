import { canonicalJson } from "@/lib/kernel/canonical";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/kernel/json";
import type { Differences } from "./bulk";

const mostShown = 5;
const mostFields = 60;

/** An object's leaves by their path in words (`order.lines`); lists are one value. */
export function fieldsOf(value: JsonObject, prefix = ""): [string, JsonValue][] {
  return Object.entries(value).flatMap(([key, member]): [string, JsonValue][] => {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    return isJsonObject(member) && Object.keys(member).length > 0 ? fieldsOf(member, name) : [[name, member]];
  });
}

/** What is the same in all of these records and what is not; a field that some lack is `null` there. */
export function differencesOf(records: [string, JsonValue][][]): Differences {
  const maps = records.map((record) => new Map(record));
  const names = [...new Set(records.flatMap((record) => record.map(([name]) => name)))].slice(0, mostFields);
  const found: Differences = { alike: [], varying: [] };
  for (const name of names) {
    const values = maps.map((map) => map.get(name) ?? null);
    const [first] = values;
    const counts = countsOf(values);
    if (counts.length <= 1) found.alike.push({ name, value: first ?? null });
    else found.varying.push({ name, ...shown(counts, values.length), ...spanOf(values) });
  }
  return found;
}

type Counted = { value: JsonValue; count: number };

function countsOf(values: JsonValue[]): Counted[] {
  const counts = new Map<string, Counted>();
  for (const value of values) {
    const key = canonicalJson(value);
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { value, count: 1 });
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count);
}

function shown(counts: Counted[], total: number): { values: Counted[]; others: number } {
  const values = counts.slice(0, mostShown);
  return { values, others: values.reduce((left, { count }) => left - count, total) };
}

function spanOf(values: JsonValue[]): { least: number | null; most: number | null } {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length < values.length) return { least: null, most: null };
  return { least: Math.min(...numbers), most: Math.max(...numbers) };
}
