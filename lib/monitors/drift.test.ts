import { describe, expect, test } from "vitest";
import { seededRandom } from "@/lib/stats/seeded-random";
import { compareValues, falseDiscoveryLevel, judgeDay, type Judged, type Values } from "./drift";
import { featuresOf } from "./drift-features";
import type { DriftState } from "./vocabulary";

type Shift = { number: number; category: number };
const none: Shift = { number: 0, category: 0 };

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Eight features of a window: four numbers (one with ties), four categories (one of them skewed). */
function drawn(random: () => number, n: number, shift: Shift): Values[] {
  const many = <T>(one: () => T) => Array.from({ length: n }, one);
  return Array.from({ length: 8 }, (_, at): Values => {
    const own = at < 2 ? shift : none;
    if (at % 2 === 0) {
      const values = many(() => normal(random) + own.number);
      return { as: "number", values: at === 4 ? values.map(Math.round) : values };
    }
    const first = (at === 7 ? 0.9 : 0.3) + own.category;
    return { as: "category", values: many(() => (random() < first ? "a" : random() < 0.5 ? "b" : "c")) };
  });
}

type World = { seed: number; days: number; shift: (day: number) => Shift };

/** Days of a world, each against one reference: on which of them a drift was confirmed. */
function confirmedDays({ seed, days, shift }: World): number[] {
  const random = seededRandom(seed);
  const reference = drawn(random, 400, none);
  let before: (DriftState | undefined)[] = [];
  return Array.from({ length: days }, (_, day) => day).filter((day) => {
    const current = drawn(random, 120, shift(day));
    const compared = reference.flatMap((values, key): Judged<number>[] => {
      const comparison = compareValues(values, current[key] ?? values);
      return comparison ? [{ key, comparison, before: before[key] }] : [];
    });
    const judged = judgeDay(compared);
    before = reference.map((_, key) => judged.find((one) => one.key === key)?.state);
    return before.includes("confirmed");
  });
}

describe("drift", () => {
  test("that is none is confirmed on no more days than the level allows", () => {
    const worlds = Array.from({ length: 40 }, (_, seed) =>
      confirmedDays({ seed: seed + 1, days: 10, shift: () => none }),
    );
    const days = worlds.reduce((sum, found) => sum + found.length, 0);
    expect(days / (40 * 10)).toBeLessThanOrEqual(falseDiscoveryLevel);
  });

  test("that is real is confirmed within three windows", () => {
    const from = 4;
    const shift = (day: number) => (day >= from ? { number: 1, category: 0.3 } : none);
    const found = Array.from(
      { length: 20 },
      (_, seed) => confirmedDays({ seed: seed + 100, days: 8, shift })[0],
    );
    expect(
      found.filter((day) => day !== undefined && day > from && day <= from + 2).length,
    ).toBeGreaterThanOrEqual(19);
  });

  test("is suspected by one window and confirmed by the next", () => {
    const random = seededRandom(7);
    const [reference] = drawn(random, 500, none);
    const [current] = drawn(random, 200, { number: 1, category: 0 });
    const comparison = reference && current ? compareValues(reference, current) : null;
    const states = [undefined, "steady", "suspected", "confirmed"] as const;
    const judged = states.map(
      (before) => judgeDay(comparison ? [{ key: 1, comparison, before }] : [])[0]?.state,
    );
    expect(judged).toEqual(["suspected", "suspected", "confirmed", "confirmed"]);
  });

  test("names categories that the reference does not know, however rare", () => {
    const text = (values: string[]): Values => ({ as: "category", values });
    const before = text([...Array<string>(80).fill("web"), ...Array<string>(40).fill("mail")]);
    const now = text([
      ...Array<string>(80).fill("web"),
      ...Array<string>(40).fill("mail"),
      "fax",
      "fax",
      "pigeon",
    ]);
    expect(compareValues(before, now)?.newCategories).toEqual(["fax", "pigeon"]);
    expect(compareValues(before, now)?.test.p).toBeGreaterThan(0.1);
  });

  test("a window that says too little, or one category alone, is not judged", () => {
    const few: Values = { as: "number", values: Array<number>(99).fill(1) };
    const one: Values = { as: "category", values: Array<string>(200).fill("web") };
    expect(compareValues(few, few)).toBeNull();
    expect(compareValues(one, one)).toBeNull();
  });

  test("a number that never changes is steady, and one that left its range is not", () => {
    const flat: Values = { as: "number", values: Array<number>(200).fill(3) };
    const moved: Values = { as: "number", values: Array<number>(200).fill(4) };
    expect(compareValues(flat, flat)).toMatchObject({ psi: 0, js: 0, test: { p: 1 } });
    const found = compareValues(flat, moved);
    expect(found?.js).toBeCloseTo(1, 10);
    expect(
      judgeDay(found ? [{ key: 1, comparison: found, before: "suspected" as const }] : [])[0]?.state,
    ).toBe("confirmed");
  });
});

describe("what is compared of a type", () => {
  const schema = {
    type: "object",
    required: ["text", "order"],
    properties: {
      text: { type: "string" },
      channel: { enum: ["web", "mail"] },
      order: {
        type: "object",
        required: ["total"],
        properties: { total: { type: "number" }, gift: { type: "boolean" } },
      },
      made: { type: "string", format: "date-time" },
      tags: { type: "array" },
      "a/b": { type: ["integer", "null"] },
    },
  };

  test("is its confidence, its action, its segments and the fields of its schema", () => {
    const features = featuresOf(schema, [{ key: "region", name: "Region", pointer: "/customer/region" }]);
    expect(features.map(({ name, as }) => `${name} ${as}`)).toEqual([
      "confidence number",
      "predicted category",
      "/customer/region category",
      "/text text",
      "/channel category",
      "/channel? presence",
      "/order/total number",
      "/order/gift category",
      "/order/gift? presence",
      "/made? presence",
      "/tags? presence",
      "/a~1b number",
      "/a~1b? presence",
    ]);
    expect(features.find(({ name }) => name === "/a~1b")?.path).toEqual(["a/b"]);
  });

  test("is bounded, and a declared segment is compared once", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [`f${at}`, { type: "number" }]),
    );
    expect(featuresOf({ properties }, [])).toHaveLength(26);
    const twice = featuresOf(schema, [{ key: "channel", name: "Channel", pointer: "/channel" }]);
    expect(twice.filter(({ name }) => name === "/channel")).toHaveLength(1);
  });
});
