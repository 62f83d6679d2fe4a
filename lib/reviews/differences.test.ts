import { expect, test } from "vitest";
import { differencesOf, fieldsOf } from "./differences";

test("an object's leaves are named by their path, a list is one value", () => {
  expect(fieldsOf({ id: 1, order: { lines: [1, 2], ship: { to: "x" } }, empty: {} })).toEqual([
    ["id", 1],
    ["order.lines", [1, 2]],
    ["order.ship.to", "x"],
    ["empty", {}],
  ]);
});

test("what all share is alike, what one has otherwise varies, the most frequent first", () => {
  const records = [
    { reason: "late", amount: 5 },
    { reason: "late", amount: 9 },
    { reason: "lost", amount: 7 },
  ].map((each) => fieldsOf({ ...each, currency: "EUR" }));
  expect(differencesOf(records)).toEqual({
    alike: [{ name: "currency", value: "EUR" }],
    varying: [
      {
        name: "reason",
        values: [
          { value: "late", count: 2 },
          { value: "lost", count: 1 },
        ],
        others: 0,
        least: null,
        most: null,
      },
      {
        name: "amount",
        values: [
          { value: 5, count: 1 },
          { value: 9, count: 1 },
          { value: 7, count: 1 },
        ],
        others: 0,
        least: 5,
        most: 9,
      },
    ],
  });
});

test("a field that one lacks varies", () => {
  const { varying } = differencesOf([[["note", "x"]], []]);
  expect(varying).toMatchObject([{ name: "note", values: [{ value: "x" }, { value: null }] }]);
});

test("beyond five values the rest is counted", () => {
  const { varying } = differencesOf(Array.from({ length: 9 }, (_, n) => [["n", n]]));
  expect(varying).toMatchObject([{ others: 4, least: 0, most: 8 }]);
});

test("the order of keys in a value makes no difference", () => {
  expect(differencesOf([[["at", [{ a: 1, b: 2 }]]], [["at", [{ b: 2, a: 1 }]]]]).varying).toEqual([]);
});
