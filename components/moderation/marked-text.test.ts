import fc from "fast-check";
import { expect, test } from "vitest";
import { stretchesOf } from "./marked-text";

const text = "pay to a@b.example now";

test("each stretch says which findings cover it, where they overlap too", () => {
  const findings = [
    { start: 7, end: 18 },
    { start: 4, end: 12 },
  ];
  expect(stretchesOf(text, findings)).toEqual([
    { text: "pay ", findings: [] },
    { text: "to ", findings: [1] },
    { text: "a@b.e", findings: [0, 1] },
    { text: "xample", findings: [0] },
    { text: " now", findings: [] },
  ]);
});

test("the stretches together are the text, whatever the findings say", () => {
  const finding = fc.record({
    start: fc.integer({ min: -5, max: 40 }),
    end: fc.integer({ min: -5, max: 40 }),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(finding, { maxLength: 6 }), (any, findings) => {
      expect(
        stretchesOf(any, findings)
          .map((stretch) => stretch.text)
          .join(""),
      ).toBe(any);
    }),
  );
});
