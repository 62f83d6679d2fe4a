import { expect, test } from "vitest";
import { formatMoney } from "./money-text";

test.each([
  [18000, "EUR", "€180.00"],
  [-5, "USD", "-$0.05"],
  [1500, "JPY", "¥1,500"],
  [1234, "KWD", "KWD 1.234"],
  [0, "GBP", "£0.00"],
])("%i minor units of %s read %s", (minor, currency, text) => {
  expect(formatMoney(minor, currency).replace(/\u00a0/g, " ")).toBe(text);
});
