import { expect, test } from "vitest";
import { fillCompensation } from "./fill-compensation";

const undone = {
  arguments: { invoice: "INV-1", amount: 1800 },
  reference: "re_1",
  result: { id: "re_1", lines: [{ sku: "A" }] },
};

test("arguments, the reference and the answer stand where the template says", () => {
  expect(
    fillCompensation(
      {
        refund: { $reference: true },
        amount: { $arg: "/amount" },
        first: { $result: "/lines/0/sku" },
        why: "undone",
        nested: { list: [{ $arg: "/invoice" }, 1] },
      },
      undone,
    ),
  ).toEqual({ refund: "re_1", amount: 1800, first: "A", why: "undone", nested: { list: ["INV-1", 1] } });
});

test("what is not there is left out, and only a lone place is one", () => {
  expect(
    fillCompensation(
      { gone: { $arg: "/nothing" }, none: { $reference: true }, both: { $arg: "/amount", more: 1 } },
      { ...undone, reference: null },
    ),
  ).toEqual({ both: { $arg: "/amount", more: 1 } });
});
