import { expect, test } from "vitest";
import { z } from "zod";
import { AnyJson } from "@/lib/kernel/json";
import { parseWith } from "./parse";

const Shape = z.strictObject({
  type: z.string(),
  mode: z.enum(["a", "b"]),
  name: z.string("Give a name"),
  input: AnyJson,
  inner: z.union([z.strictObject({ id: z.string() }), z.null()]),
});

/** What is said to be wrong, by pointer. */
function wrong(value: unknown): Record<string, unknown> {
  try {
    parseWith(Shape, value, "/body");
  } catch (error) {
    const { errors } = error as { errors: { pointer: string; code: string; message: string }[] };
    return Object.fromEntries(errors.map(({ pointer, code, message }) => [pointer, `${code}: ${message}`]));
  }
  return {};
}

test("what is missing is said to be, and where; a schema's own words stand", () => {
  expect(wrong({ inner: {} })).toEqual({
    "/body/type": "required: is missing",
    "/body/mode": 'required: is missing: expected one of "a"|"b"',
    "/body/name": "invalid_type: Give a name",
    "/body/input": "required: is missing",
    "/body/inner/id": "required: is missing",
  });
});

test("what is there and wrong, or not known, is said as before", () => {
  expect(wrong({ type: 1, mode: "c", name: "n", input: null, inner: null, "a/b": 1 })).toEqual({
    "/body/type": "invalid_type: Invalid input: expected string, received number",
    "/body/mode": expect.stringMatching(/^invalid_value: Invalid option: expected one of/),
    "/body/a~1b": "unknown_field: There is no field a/b here",
  });
});
