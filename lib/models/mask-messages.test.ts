import { expect, test } from "vitest";
import { maskTexts } from "./mask-messages";

const personal = [
  "ada.lovelace@example.org",
  "+49 30 901820",
  "4111 1111 1111 1111",
  "DE89 3704 0044 0532 0130 00",
  "https://bob:hunter2@example.org/x",
];

test.each(personal)(
  "%s does not leave in a text, in JSON, after an escaped line break, or far inside",
  (value) => {
    const far = `${"word ".repeat(7000)}${value} ${"word ".repeat(7000)}`;
    const nested = JSON.stringify({ order: { notes: [`call\n${value}`, { deep: `x\t${value}\n` }] } });
    const twice = JSON.stringify({ order: JSON.stringify({ notes: `a\n${value}\n${value}"` }) });
    for (const text of [`Write to ${value} today`, JSON.stringify({ a: value }), nested, twice, far]) {
      const { texts, masked } = maskTexts([text]);
      expect(texts[0]).not.toContain(value);
      expect(masked).toBeGreaterThan(0);
    }
  },
);

test("wherever a text is cut into looks, nothing slips between two of them", () => {
  for (let before = 19_400; before <= 20_020; before += 10) {
    const text = `${"a ".repeat(before / 2)}ada.lovelace@example.org and more`;
    expect(maskTexts([text]).texts[0]).not.toContain("ada.lovelace");
  }
});

test("one person has one name throughout, two have two, and an answer gets them back", () => {
  const { texts, restore } = maskTexts(["from ada@example.org", "ada@example.org wrote to bob@example.org"]);
  expect(texts).toEqual(["from [E-mail address 1]", "[E-mail address 1] wrote to [E-mail address 2]"]);
  expect(
    restore({ to: ["[E-mail address 2]"], why: "[E-mail address 1] asked; [E-mail address 9] is nobody" }),
  ).toEqual({
    to: ["bob@example.org"],
    why: "ada@example.org asked; [E-mail address 9] is nobody",
  });
});

test("a card that is a number in JSON does not leave either", () => {
  expect(maskTexts([JSON.stringify({ card: 4_111_111_111_111_111 })]).texts[0]).not.toContain("1111");
});

test("an order number, an amount and a date stay", () => {
  const text = "Order INV-2043 of 2026-11-22 over 18.00 EUR, 3 items";
  expect(maskTexts([text])).toMatchObject({ texts: [text], masked: 0 });
});
