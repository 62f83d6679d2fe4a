import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { maskStrings, maskText, mostMasked } from "./mask-text";
import { piiCategories } from "./pii/detect-pii";

const all = new Set<string>(piiCategories);

test("what is personal is replaced by what it is, and the rest of the text stays", () => {
  expect(maskText("Mail a@b.example, pay GB82 WEST 1234 5698 7654 32 today", all)).toBe(
    "Mail [E-mail address], pay [Bank account (IBAN)] today",
  );
  expect(maskText("Mail a@b.example, pay GB82WEST12345698765432", new Set(["iban"]))).toBe(
    "Mail a@b.example, pay [Bank account (IBAN)]",
  );
});

test("strings are masked wherever they stand, names of fields and long numbers among them; shape stays", () => {
  const value = {
    to: ["a@b.example", 4, null],
    "a@b.example": { x: true },
    "c@d.example": 1_999_900,
    card: 4111111111111111,
  };
  expect(maskStrings(value, all)).toEqual({
    to: ["[E-mail address]", 4, null],
    "[E-mail address]": { x: true },
    "[E-mail address] 2": 1_999_900,
    card: "[Payment card]",
  });
});

test("our own ids and times are no telephone numbers, whatever they are made of", () => {
  const own = ["dec_00000000004111111111111111", "2026-11-23T04:12:00.123Z", "2026-11-23T04:12:00+01:00"];
  expect(maskStrings(own, all)).toEqual(own);
  for (let made = 0; made < 2000; made += 1) {
    const id = newId("decision");
    expect(maskStrings(id, all)).toBe(id);
  }
});

test("what is too long to be looked through is not shown", () => {
  const masked = maskText(`${"x ".repeat(mostMasked)}a@b.example`, all);
  expect(masked).not.toContain("a@b");
  expect(masked).toContain("Not shown");
});

test("a text in which nothing is found comes back as it was", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(maskText(text, new Set())).toBe(text);
    }),
  );
});
