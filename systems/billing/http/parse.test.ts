import { expect, test } from "vitest";
import { BillingError } from "../domain/errors";
import { parseForm } from "./parse";
import { CreateRefund, parseParameters } from "./schema";

test("bracketed names nest and lists collect, as Stripe's clients send them", () => {
  expect(parseForm("charge=ch_1&metadata[a]=1&metadata[b%20c]=2&expand[]=x&expand[]=y")).toEqual({
    charge: "ch_1",
    metadata: { a: "1", "b c": "2" },
    expand: { 0: "x", 1: "y" },
  });
});

test.each(["a[=1", "a]b=1", "[a]=1", "a=1&a=2", "a=1&a[b]=2", "a[b][c][d][e][f]=1", "a[b]c=1"])(
  "the malformed %s is refused",
  (text) => {
    expect(() => parseForm(text)).toThrow(BillingError);
  },
);

test("names of object prototypes are ordinary names", () => {
  expect(() => parseParameters(CreateRefund, parseForm("__proto__[x]=1"))).toThrow("unknown parameter");
  expect(() => parseParameters(CreateRefund, parseForm("metadata[__proto__]=1&charge=c"))).toThrow(
    "__proto__",
  );
  expect({}).not.toHaveProperty("x");
});

test.each([
  ["amount=0", "parameter_invalid_integer", "amount"],
  ["amount=-5", "parameter_invalid_integer", "amount"],
  ["amount=1.5", "parameter_invalid_integer", "amount"],
  ["amount=1e3", "parameter_invalid_integer", "amount"],
  ["amount=NaN", "parameter_invalid_integer", "amount"],
  ["amount=100000000", "parameter_invalid_integer", "amount"],
  ["currency=zzz", "parameter_invalid", "currency"],
  ["reason=bored", "parameter_invalid", "reason"],
  ["colour=red", "parameter_unknown", "colour"],
  ["metadata[k][x]=1", "parameter_invalid", "metadata[k]"],
  ["charge=%00", "parameter_invalid", "charge"],
  ["charge=", "parameter_invalid", "charge"],
])("%s is refused as %s", (text, code, param) => {
  let refusal: unknown;
  try {
    parseParameters(CreateRefund, parseForm(text));
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(BillingError);
  expect(refusal).toMatchObject({ detail: { status: 400, code, param } });
});

test("a form's and JSON's amounts are the same number", () => {
  expect(parseParameters(CreateRefund, { amount: 100 })).toEqual(
    parseParameters(CreateRefund, parseForm("amount=100")),
  );
});
