import { expect, test } from "vitest";
import type { JsonObject } from "@/lib/kernel/json";
import { completeArguments } from "./arguments-as-signed";

const schema = {
  type: "object",
  required: ["invoice", "reason"],
  additionalProperties: false,
  properties: {
    invoice: { type: "string" },
    reason: { type: "string", enum: ["duplicate", "asked"], default: "asked" },
    lines: {
      type: "array",
      items: { type: "object", properties: { count: { type: "integer", default: 1 } } },
    },
  },
};
const type = { typeId: "typ_1", version: 1, schema };

test("defaults are filled in before the check, in properties and items, on a copy", () => {
  const args: JsonObject = { invoice: "INV-1", lines: [{}, { count: 3 }] };
  expect(completeArguments(type, args)).toEqual({
    value: { invoice: "INV-1", reason: "asked", lines: [{ count: 1 }, { count: 3 }] },
    errors: [],
  });
  expect(args).toEqual({ invoice: "INV-1", lines: [{}, { count: 3 }] });
});

test("what was given is never replaced, and what is wrong is said", () => {
  expect(completeArguments(type, { invoice: "INV-1", reason: "duplicate" }).value.reason).toBe("duplicate");
  const { errors } = completeArguments(
    type,
    { invoice: 1, reason: "other", more: true },
    "/proposal/arguments",
  );
  expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual([
    "/proposal/arguments/invoice",
    "/proposal/arguments/more",
    "/proposal/arguments/reason",
  ]);
});

test("a schema without defaults gives back the very same arguments; another version is another schema", () => {
  const plain = { typeId: "typ_2", version: 1, schema: { type: "object" } };
  const args = { any: 1 };
  expect(completeArguments(plain, args).value).toBe(args);
  const next = { type: "object", properties: { b: { default: 2 } } };
  expect(completeArguments({ ...plain, version: 2, schema: next }, {}).value).toEqual({ b: 2 });
});
