import { expect, test } from "vitest";
import { reportWords, shadowWords, signersWords } from "./words";

const share = (value: number) => ({ value, low: 0, high: 1 });
const comparison = (low: number, high: number) => ({
  n: 412,
  groups: 400,
  baseline: share(0.061),
  candidate: share(0.034),
  difference: { value: 0.027, low, high },
  verdict: "better" as const,
});

test("a report says how wrong both are and how sure the difference is", () => {
  expect(reportWords({ comparison: comparison(0.01, 0.044) })).toBe(
    "On 412 decisions that neither had learned from: 6.1 % wrong now, 3.4 % with the new one; 95 % sure it is 1.0 to 4.4 points better.",
  );
  expect(reportWords({ comparison: comparison(-0.044, -0.01) })).toContain("1.0 to 4.4 points worse");
  expect(reportWords({ comparison: comparison(-0.01, 0.02) })).toContain("so it may be none");
  expect(reportWords({ comparison: null })).toContain("gather more labels");
});

test("whoever may sign is named, and where nobody may, how to change that", () => {
  expect(signersWords(["Bo"])).toBe("Bo signs in and signs it here.");
  expect(signersWords(["Bo", "Cy"])).toBe("Bo or Cy signs in and signs it here.");
  expect(signersWords(["Bo", "Cy", "Di", "Ed"])).toContain("or another admin signs in");
  expect(signersWords([])).toContain("invite one under Settings");
});

test("what was said in shadow is compared only where the truth is known", () => {
  const none = { answered: 0, same: 0, labelled: 0, own_errors: 0, active_errors: 0 };
  expect(shadowWords(none)).toContain("No decision has come in");
  expect(shadowWords({ ...none, answered: 20, same: 18 })).toContain("nobody has said yet");
  expect(shadowWords({ answered: 20, same: 18, labelled: 10, own_errors: 1, active_errors: 3 })).toContain(
    "of the 10 whose truth is known it was wrong on 1, what was in force on 3",
  );
});
