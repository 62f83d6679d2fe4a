import { expect, test } from "vitest";
import { askedAbout, changesBetween, isObservedFor, observedOf } from "./observed";

const observe = { path: "/v1/invoices/{/invoice}?expand={/lines/0}", pointers: ["/status", "/amount"] };
const args = { invoice: "INV-1", amount: 5, lines: ["a"] };

test("a state is about the arguments in its path, and holds what is compared", () => {
  const observed = observedOf(observe, args, { status: "open", amount: 100, secret: "not kept" });
  expect(observed).toEqual({
    of: { "/invoice": "INV-1", "/lines/0": "a" },
    values: { "/status": "open", "/amount": 100 },
  });
  expect(isObservedFor(observe, { ...args, amount: 6 }, observed)).toBe(true);
  expect(isObservedFor(observe, { ...args, invoice: "INV-2" }, observed)).toBe(false);
  expect(isObservedFor(observe, args, null)).toBe(false);
  expect(isObservedFor(observe, args, "open")).toBe(false);
});

test("without pointers all of it is compared, and differences are named one level deep", () => {
  const whole = { path: "/v1/x", pointers: [] };
  expect(askedAbout(whole, args)).toEqual({});
  const before = observedOf(whole, args, { status: "open", "a/b": 1, same: { deep: [1] } });
  const after = observedOf(whole, args, { status: "closed", new: true, same: { deep: [1] } });
  expect(changesBetween(before, after)).toEqual([
    { pointer: "/status", before: "open", after: "closed" },
    { pointer: "/a~1b", before: 1, after: null },
    { pointer: "/new", before: null, after: true },
  ]);
  expect(changesBetween(observedOf(whole, args, [1]), observedOf(whole, args, [2]))).toEqual([
    { pointer: "", before: [1], after: [2] },
  ]);
});

test("equal is equal whatever the order of members, and 1 is not the text 1", () => {
  const at = (value: object) => observedOf({ path: "/x", pointers: ["/v"] }, {}, { v: { ...value } });
  expect(changesBetween(at({ a: 1, b: 2 }), at({ b: 2, a: 1 }))).toEqual([]);
  expect(changesBetween(at({ a: 1 }), at({ a: "1" }))).toHaveLength(1);
});

test("what is not there, and what went away, are differences", () => {
  const gone = observedOf(observe, args, null);
  expect(changesBetween(observedOf(observe, args, { status: "open", amount: 0 }), gone)).toEqual([
    { pointer: "/status", before: "open", after: null },
    { pointer: "/amount", before: 0, after: null },
  ]);
});
