import { expect, test } from "vitest";
import { defaultTerms, wireOf } from "@/lib/autonomy/terms";
import { termsOfTexts, textsOfTerms } from "./contracts-draft";

const texts = textsOfTerms(wireOf(defaultTerms), "EUR");

test("terms come back from the form as they went in", () => {
  expect(texts).toMatchObject({ wrongPercent: "2", surePercent: "95", ramp: "10, 50, 100", budget: "" });
  expect(termsOfTexts(texts, "EUR")).toEqual({ ok: true, terms: wireOf(defaultTerms) });
});

test.each([
  [{ wrongPercent: "0.5 %" }, { alpha: 0.005 }],
  [{ wrongPercent: "1,5" }, { alpha: 0.015 }],
  [{ surePercent: "99.9" }, { delta: 0.001 }],
  [{ budget: "2.50" }, { cost: { budget: 250 } }],
  [{ ramp: "5 25 100" }, { ramp: [0.05, 0.25, 1] }],
])("%j is read as %j", (part, terms) => {
  expect(termsOfTexts({ ...texts, ...part }, "EUR")).toMatchObject({ ok: true, terms });
});

test.each([
  [{ wrongPercent: "few" }, "wrongPercent"],
  [{ labelHours: "1.5" }, "labelHours"],
  [{ ramp: "" }, "ramp"],
  [{ budget: "2.505" }, "budget"],
])("%j is refused at its field", (part, field) => {
  expect(termsOfTexts({ ...texts, ...part }, "EUR")).toMatchObject({ ok: false, field });
});
