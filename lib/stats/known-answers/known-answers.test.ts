import { describe, expect, test } from "vitest";
import { compare, knownAnswers, present } from "./compare-fixture";
import { reproductions } from "./reproductions-fixture";

const vectors = knownAnswers<Record<string, unknown>>();
/** Fifteen digits were computed; what came from an optimiser, or was rounded, says so itself. */
const digits = { relative: 1e-10, absolute: 1e-13 };

describe.skipIf(!present)("the shared known answers (skipped when the folder ../shared is absent)", () => {
  test("all of them are reproduced, and nothing but them", () => {
    expect(Object.keys(reproductions).toSorted()).toEqual(Object.keys(vectors).toSorted());
  });

  test.each(Object.entries(reproductions))("%s", (key, { inputs = [], tolerance = digits, reproduce }) => {
    const { compared, mismatches } = compare(vectors[key], reproduce(), { inputs, tolerance });
    expect(mismatches).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });

  test("there are several hundred of them, and each is missed when it comes out wrong", () => {
    let all = 0;
    for (const [key, { inputs = [], tolerance = digits, reproduce }] of Object.entries(reproductions)) {
      const { compared } = compare(vectors[key], reproduce(), { inputs, tolerance });
      const wrong = compare(vectors[key], spoilt(reproduce()), { inputs, tolerance });
      expect(wrong.mismatches, key).toHaveLength(compared);
      all += compared;
    }
    expect(all).toBeGreaterThan(300);
  }, 60_000);
});

/** The same with every number off by a little. */
function spoilt(value: unknown): unknown {
  if (typeof value === "number") return value + 0.01 * Math.max(1, Math.abs(value));
  if (Array.isArray(value)) return value.map(spoilt);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoilt(each)]));
}
