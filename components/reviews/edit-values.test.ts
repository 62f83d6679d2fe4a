import { expect, test } from "vitest";
import { changesOf, editedArguments, editFields, editTexts } from "./edit-values";

const about = {
  schema: {
    type: "object",
    required: ["invoice", "amount"],
    properties: {
      invoice: { type: "string", title: "Invoice number" },
      amount: { type: "integer" },
      urgent: { type: "boolean" },
      reason: { enum: ["fraud", "duplicate"] },
      note: { type: ["string", "null"] },
      lines: { type: "array" },
    },
  },
  args: { invoice: "INV-1", amount: 1810, urgent: true, extra: { a: 1 } },
  amountPointer: "/amount",
  digits: 2,
};
const fields = editFields(about);
const texts = editTexts(fields, about);

test("a field's kind follows its schema, and what the schema does not name can still be edited", () => {
  expect(Object.fromEntries(fields.map(({ key, kind }) => [key, kind]))).toEqual({
    invoice: "text",
    amount: "money",
    urgent: "boolean",
    reason: "choice",
    note: "text",
    lines: "json",
    extra: "json",
  });
  expect(fields[0]).toMatchObject({ label: "Invoice number", required: true });
  expect(fields.map(({ label }) => label)).toEqual(expect.arrayContaining(["Amount", "Urgent", "Extra"]));
});

test("money is edited in the units people use and kept in minor ones, exactly", () => {
  expect(texts["amount"]).toBe("18.10");
  const amountOf = (text: string) => editedArguments(fields, { ...texts, amount: text }, about);
  expect(amountOf("9.2").args["amount"]).toBe(920);
  expect(amountOf("1,05").args["amount"]).toBe(105);
  expect(amountOf("4.35").args["amount"]).toBe(435);
  expect(amountOf("4.355").errors["amount"]).toContain("2 decimals");
  expect(amountOf("-1").errors["amount"]).toBeDefined();
  expect(amountOf("1e3").errors["amount"]).toBeDefined();
});

test("untouched fields keep their value, and an emptied optional one goes", () => {
  expect(editedArguments(fields, texts, about)).toEqual({ args: about.args, errors: {} });
  expect(editedArguments(fields, { ...texts, extra: "" }, about).args).not.toHaveProperty("extra");
  expect(editedArguments(fields, { ...texts, lines: "[1" }, about).errors["lines"]).toBe("This is not JSON");
});

test("changes name each argument that differs", () => {
  expect(changesOf({ a: 1, b: { c: 2 } }, { a: 1, b: { c: 3 }, d: null })).toEqual([
    { key: "b", before: { c: 2 }, after: { c: 3 } },
    { key: "d", before: undefined, after: null },
  ]);
});
