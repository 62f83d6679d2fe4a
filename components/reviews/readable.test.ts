import { expect, test } from "vitest";
import type { JsonValue } from "@/lib/kernel/json";
import { readableOf } from "./readable";

test("money is read only in the API's own shape: a bare number may be in any unit", () => {
  expect(readableOf({ amount: 18000, currency: "EUR" })).toEqual({
    kind: "money",
    amount: 18000,
    currency: "EUR",
  });
  expect(readableOf(18000)).toEqual({ kind: "text", text: "18000" });
  const others: JsonValue[] = [
    { amount: 180.5, currency: "EUR" },
    { amount: 1800, currency: "eur" },
    { amount: 1800, currency: "EUR", vat: 0 },
    { amount: "1800", currency: "EUR" },
  ];
  expect(others.map(readableOf)).toEqual(others.map(() => undefined));
});

test("a moment needs its offset; a day or an impossible date stays text", () => {
  expect(readableOf("2026-11-22T10:00:00Z")).toEqual({ kind: "moment", at: "2026-11-22T10:00:00Z" });
  expect(readableOf("2026-11-22T10:00:00.123+01:00")).toMatchObject({ kind: "moment" });
  for (const text of ["2026-11-22", "2026-11-22T10:00:00", "2026-13-45T99:00:00Z", "soon"])
    expect(readableOf(text)).toEqual({ kind: "text", text });
});

test("a decision or an execution that is named can be opened; what only looks like one, or is another's, is text", () => {
  const id = "01m84esery0000h76jchhptmbr";
  expect(readableOf(`dec_${id}`)).toEqual({ kind: "record", id: `dec_${id}`, href: `/decisions/dec_${id}` });
  expect(readableOf(`exe_${id}`)).toMatchObject({ href: `/executions/exe_${id}` });
  for (const text of ["dec_1", `see dec_${id}`, `dec_${id}/../../settings`, `usr_${id}`, `DEC_${id}`])
    expect(readableOf(text)).toEqual({ kind: "text", text });
});

test("what has parts is not read, and nothing is said in a word", () => {
  expect(readableOf(null)).toEqual({ kind: "text", text: "nothing" });
  expect(readableOf(false)).toEqual({ kind: "text", text: "false" });
  expect(readableOf([])).toBeUndefined();
  expect(readableOf({})).toBeUndefined();
});
