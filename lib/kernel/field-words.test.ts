import { expect, test } from "vitest";
import { fieldWords, pointerWords } from "./field-words";

test("a field's key reads as a sentence begins", () => {
  expect(fieldWords("amount_paid")).toBe("Amount paid");
  expect(fieldWords("")).toBe("");
});

test("a pointer reads as its path, with what was escaped in it", () => {
  expect(pointerWords("/amount_refunded")).toBe("Amount refunded");
  expect(pointerWords("/data/0/a~1b~0c")).toBe("Data › 0 › a/b~c");
  expect(pointerWords("")).toBe("All of it");
});
