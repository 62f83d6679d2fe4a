import { expect, test } from "vitest";
import { neighbour, upcoming, walkOf, walkThrough } from "./walk";

const row = (id: string, holder?: string) => ({
  id,
  held_by: holder === undefined ? null : { id: holder, name: holder },
  verdict: null,
});
const rows = [row("a"), row("b"), row("c", "bo"), row("d", "me"), row("e")];
const place = (current: string, passed: string[] = []) => ({
  rows,
  current,
  passed: new Set(passed),
  me: "me",
});

test("what comes next goes forward, then starts again, and leaves out what others hold", () => {
  expect(upcoming(place("b"), 9)).toEqual(["d", "e", "a"]);
  expect(upcoming(place("e"), 2)).toEqual(["a", "b"]);
});

test("what was ruled on or skipped in this session is not offered again", () => {
  expect(upcoming(place("b", ["d", "a"]), 9)).toEqual(["e"]);
  expect(upcoming(place("b", ["a", "d", "e"]), 2)).toEqual([]);
});

test("a review that is not in the list starts from the top", () => {
  expect(upcoming(place("elsewhere"), 1)).toEqual(["a"]);
  expect(neighbour(rows, "elsewhere", 1)).toBe("a");
});

test("neighbours end at the ends", () => {
  expect(neighbour(rows, "b", 1)).toBe("c");
  expect(neighbour(rows, "a", -1)).toBeUndefined();
  expect(neighbour(rows, "e", 1)).toBeUndefined();
});

test("unclaimed and mine are one walk; other lists are walked as they are", () => {
  expect(walkOf({ tab: "mine", app: "x" })).toEqual({ tab: "available", app: "x" });
  expect(walkOf({ tab: "resolved" })).toEqual({ tab: "resolved" });
});

test("of a list the walk takes what it needs of each review, and whether there are more", () => {
  const [first] = rows;
  const listed = { ...first, decision_id: "dec_1", blind: true, summary: "Refund €12.00", confidence: 0.9 };
  // A list's rows hold far more than this test names.
  const list = { data: [listed], has_more: true } as unknown as Parameters<typeof walkThrough>[0];
  const walk = { ...first, decision_id: "dec_1", blind: true };
  expect(walkThrough(list)).toEqual({ rows: [walk], more: true });
});
