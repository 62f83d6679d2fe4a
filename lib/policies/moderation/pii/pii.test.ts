import { describe, expect, test } from "vitest";
import { modulo97, passesLuhn, passesMod11And10, passesVerhoeff } from "./checksums";
import { detectPii } from "./detect-pii";
import { ibanLength } from "./iban";
import { patterns } from "./patterns";

const seen = (text: string) =>
  detectPii(text)
    .filter(({ score }) => score >= 0.5)
    .map(({ category, start, end }) => [category, text.slice(start, end)]);

test("check digits agree with the published examples of their standards", () => {
  expect(passesLuhn("79927398713")).toBe(true);
  expect(passesLuhn("79927398710")).toBe(false);
  expect(passesVerhoeff("2363")).toBe(true);
  expect(passesVerhoeff("2364")).toBe(false);
  expect(passesMod11And10("86095742719")).toBe(true);
  expect(passesMod11And10("86095742710")).toBe(false);
  expect(modulo97("WEST12345698765432GB82")).toBe(1);
});

describe("an IBAN is known by its country's length and its check digits, and ends where it ends", () => {
  test.each([
    ["GB82 WEST 1234 5698 7654 32", 27],
    ["GB82WEST12345698765432", 22],
    ["DE89370400440532013000 and more", 22],
    ["gb82west12345698765432", 22],
    ["GB83WEST12345698765432", null],
    ["GB82WEST1234569876543", null],
    ["ZZ82WEST12345698765432", null],
    ["GB82WEST123456987654321", null],
  ])("%s", (text, length) => {
    expect(ibanLength(text)).toBe(length);
  });
});

describe("what stands beside something else is found whole, and nothing more", () => {
  test.each([
    ["Write to a.b+c@mail.example.com.", [["email", "a.b+c@mail.example.com"]]],
    ["https://shop.example/customers/ann%40mail.example", [["email", "ann%40mail.example"]]],
    ["50%40 and a%40b", []],
    ["card 4111 1111 1111 1111, thanks", [["payment_card", "4111 1111 1111 1111"]]],
    ["card 4111 1111 1111 1112, thanks", []],
    ["call 202-555-0143 now", [["phone", "202-555-0143"]]],
    ["+49 30 901820", [["phone", "+49 30 901820"]]],
    ["My SSN is 536-90-4399.", [["national_id", "536-90-4399"]]],
    ["SSN 000-90-4399", []],
    ["from 8.8.4.4", [["ip_address", "8.8.4.4"]]],
    ["version 8.8.4.4", []],
    ["at 10.0.0.7", []],
    ["order 9876543210", []],
    ["on 2026-11-22 at 12:30:45", []],
    ["ftp://bob:secret@files.example.com/x", [["url_credentials", "ftp://bob:secret@files.example.com"]]],
    ["DNI 12345678Z, not 12345678A", [["national_id", "12345678Z"]]],
  ])("%s", (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });
});

test("no pattern has a quantifier without an upper bound, so none can take more than linear time", () => {
  for (const [name, { source }] of Object.entries(patterns)) {
    const bare = source.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, "x");
    expect(bare, name).not.toMatch(/[*+]|\{\d+,\}/);
  }
});
