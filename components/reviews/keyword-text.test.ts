import { expect, test } from "vitest";
import { keywordText } from "./keyword-text";

test("a system's own word is spelled in words", () => {
  expect(keywordText("requested_by_customer")).toBe("requested by customer");
  expect(keywordText("partially_refunded")).toBe("partially refunded");
});

test("what people wrote, an id, an address or a code stands as it is", () => {
  const others = [
    "duplicate",
    "INV-0039",
    "mail_b1ec047",
    "tax_free@yahoo.com",
    "MAX_AMOUNT",
    "a_ b",
    "_x",
    "",
  ];
  expect(others.map(keywordText)).toEqual(others);
});
