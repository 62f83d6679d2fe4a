import { expect, test } from "vitest";
import { formatConfidence } from "./confidence";

test.each([
  [0, "0.00"],
  [0.5, "0.50"],
  [0.8612206834702697, "0.86"],
  [0.98999, "0.98"],
  [0.9957, "0.995"],
  [0.9987, "0.998"],
  [0.99899, "0.998"],
  [0.99951, "0.9995"],
  [0.9999999, "0.999999"],
  [1 - Number.EPSILON, "0.999999"],
  [1, "1.00"],
])("%d reads %s", (confidence, text) => {
  expect(formatConfidence(confidence)).toBe(text);
});
