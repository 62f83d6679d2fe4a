import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupsOf, splitsOf, textHashOf, type Grouped } from "./split-items";

const shares = { train: 0.6, validation: 0.2, test: 0.2 };
const anItem: fc.Arbitrary<Grouped> = fc.record({
  subject: fc.integer({ min: 0, max: 30 }).map((n) => `customer:${n}`),
  textHash: fc.option(fc.integer({ min: 0, max: 20 }).map(String), { nil: null }),
});

describe("splitting a dataset", () => {
  test("never puts one subject, or two inputs that say the same, into two splits", () => {
    const aSplit = fc.property(fc.array(anItem, { maxLength: 120 }), fc.string(), (items, seed) => {
      const found = splitsOf(items, shares, seed);
      const seen = new Map<string, string>();
      return items.every(({ subject, textHash }, index) => {
        const keys = [`s ${subject}`, ...(textHash === null ? [] : [`t ${textHash}`])];
        const isSame = keys.every((key) => (seen.get(key) ?? found[index]) === found[index]);
        for (const key of keys) seen.set(key, found[index] ?? "");
        return isSame;
      });
    });
    expect(fc.check(aSplit, { numRuns: 500 }).counterexample).toBeNull();
  });

  test("does not depend on the order of the items", () => {
    const anOrder = fc.property(fc.array(anItem, { maxLength: 80 }), (items) => {
      const back = groupsOf(items.toReversed()).toReversed();
      return groupsOf(items).every((group, index) => group === back[index]);
    });
    expect(fc.check(anOrder).counterexample).toBeNull();
  });

  test("comes near the shares, and another seed draws another way", () => {
    const items = Array.from({ length: 20_000 }, (_, n) => ({ subject: `customer:${n}`, textHash: null }));
    const found = splitsOf(items, shares, "1");
    const share = (split: string) => found.filter((one) => one === split).length / found.length;
    expect(share("train")).toBeCloseTo(0.6, 1);
    expect(share("validation")).toBeCloseTo(0.2, 1);
    expect(share("test")).toBeCloseTo(0.2, 1);
    expect(splitsOf(items, shares, "1")).toEqual(found);
    expect(splitsOf(items, shares, "2")).not.toEqual(found);
  });

  test("gives a share of nothing nothing", () => {
    const items = Array.from({ length: 500 }, (_, n) => ({ subject: `customer:${n}`, textHash: null }));
    expect(new Set(splitsOf(items, { train: 0, validation: 0, test: 1 }, "1"))).toEqual(new Set(["test"]));
    expect(new Set(splitsOf(items, { train: 1, validation: 0, test: 0 }, "1"))).toEqual(new Set(["train"]));
  });
});

describe("two inputs that say the same", () => {
  const long = "You have won a prize! Click here to claim your hundred euros";
  test("are told by their words, not by case, spaces, punctuation or the order of fields", () => {
    const one = textHashOf({ subject: "Prize", text: long });
    expect(one).not.toBeNull();
    expect(textHashOf({ text: long.toUpperCase().replaceAll(" ", "  "), subject: "prize!!" })).toBe(one);
    expect(textHashOf({ subject: "Prize", text: `${long} today` })).not.toBe(one);
  });

  test("are not told where there are hardly any words", () => {
    expect(textHashOf({ amount: 20, currency: "EUR" })).toBeNull();
  });
});
