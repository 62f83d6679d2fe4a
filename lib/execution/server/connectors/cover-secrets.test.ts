import { expect, test } from "vitest";
import { coverText, coverValue } from "./cover-secrets";

const secret = 'sk/live"7\\+ =ü';

test.each([
  ["itself", secret],
  ["JSON", JSON.stringify({ told: secret })],
  ["JSON in JSON", JSON.stringify({ told: JSON.stringify({ secret }) })],
  ["PHP's JSON", JSON.stringify({ told: secret }).replaceAll("/", "\\/")],
  ["an address", `/charges?key=${encodeURIComponent(secret)}`],
  ["an address in small letters", `/charges?key=${encodeURIComponent(secret).toLowerCase()}`],
  ["a form", new URLSearchParams({ secret }).toString()],
  ["base64", `Basic ${Buffer.from(secret).toString("base64")}`],
  ["hexadecimal", Buffer.from(secret).toString("hex")],
])("covers a secret written as %s", (_form, text) => {
  const clean = coverText(`before ${text} after`, [secret]);
  expect(clean).toContain("[secret]");
  expect(clean).not.toMatch(/live/i);
  expect(clean).toMatch(/^before .* after$/);
});

test("covers every text of a value, and the names of its members", () => {
  expect(coverValue({ list: [secret, 1, null], [secret]: { in: `x${secret}y` } }, [secret])).toEqual({
    list: ["[secret]", 1, null],
    "[secret]": { in: "x[secret]y" },
  });
});

test("leaves other texts, and secrets of a few letters, which are found everywhere", () => {
  expect(coverText("nothing of it", [secret])).toBe("nothing of it");
  expect(coverText("abc in abcde", ["abc"])).toBe("abc in abcde");
});
