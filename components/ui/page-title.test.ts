import { expect, test } from "vitest";
import { titleOf } from "./page-title";

test("a tab says which one and what it is", () => {
  expect(titleOf("Refund €180.00 to order 8841", "Review")).toBe("Refund €180.00 to order 8841 · Review");
});

test("a long name is cut, what it is stays", () => {
  const title = titleOf("x".repeat(200), "Queue");
  expect(title).toMatch(/^x{79}… · Queue$/);
});

test("writing that turns itself round is named, not obeyed", () => {
  expect(titleOf("invoice\u202Efdp.exe", "Decision")).not.toContain("\u202E");
});
