import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats, { type FormatsPlugin } from "ajv-formats";
import { canonicalJson } from "@/lib/kernel/canonical";
import type { FieldError } from "@/lib/kernel/errors";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { boundedPattern, PatternTooSlow } from "./bounded-pattern";
import { limitErrors, pointerOf } from "../schema-limits";
import { fieldErrorsOf } from "../schema-messages";
import { OutOfTime, withinTime } from "./time-limit";

/*
 * Runs on the server only: ajv writes each validator as JavaScript (`new Function`), which the browser's content
 * security policy forbids on purpose. No file that reaches the browser may import this one.
 */

/** Says what is wrong with a value; pointers start with the base pointer. An empty list: nothing. */
export type Validator = (value: JsonValue, basePointer: string) => FieldError[];

const cacheSize = 500;
/** The longest a schema may take to compile and to check five trivial values, milliseconds. */
const compileBudgetMs = 1000;
const cache = new Map<string, Validator>();

/**
 * The validator of a schema, compiled once for a cache key such as `typ_…:3:arguments` (id, version, which schema):
 * the key must change whenever the schema does. The least recently used of 500 goes. Throws on a schema that does
 * not compile, which is never stored (see schemaErrors).
 */
export function validatorOf(cacheKey: string, schema: JsonObject): Validator {
  const known = cache.get(cacheKey);
  const validator = known ?? toValidator(compile(schema));
  if (known) cache.delete(cacheKey);
  else if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? "");
  cache.set(cacheKey, validator);
  return validator;
}

/** Fills in, in place, the defaults that a schema names. */
export type Completer = (value: JsonObject) => JsonObject;

const completers = new Map<string, Completer | null>();

/** The completer of a schema, kept as {@link validatorOf} keeps validators; null when it names no defaults. */
export function completerOf(cacheKey: string, schema: JsonObject): Completer | null {
  const known = completers.get(cacheKey);
  if (known !== undefined) return known;
  const completer = JSON.stringify(schema).includes('"default":') ? toCompleter(schema) : null;
  if (completers.size >= cacheSize) completers.delete(completers.keys().next().value ?? "");
  completers.set(cacheKey, completer);
  return completer;
}

function toCompleter(schema: JsonObject): Completer {
  const validate = compile(schema, { useDefaults: true });
  return (value) => {
    try {
      validate(value);
    } catch {
      // What is wrong with it is the validator's to say.
    }
    return value;
  };
}

/** Checks a value against a schema found by its own text: for paths that hold no id and version. */
export function checkAgainst(schema: JsonObject, value: JsonValue, basePointer: string): FieldError[] {
  return validatorOf(`text:${canonicalJson(schema)}`, schema)(value, basePointer);
}

/** What keeps a JSON Schema (2020-12) from being stored; pointers lead into the schema. Empty: usable. */
export function schemaErrors(schema: JsonObject): FieldError[] {
  const limits = limitErrors(schema);
  if (limits.length > 0) return limits;
  if (typeof schema.$schema === "string" && !/draft\/2020-12\/schema#?$/.test(schema.$schema)) {
    const message = `names the dialect ${schema.$schema.slice(0, 100)}`;
    const fix = "Leave $schema out, or write https://json-schema.org/draft/2020-12/schema.";
    return [{ pointer: "/$schema", code: "unknown_dialect", message, fix }];
  }
  const { $schema: _, ...withoutDialect } = schema;
  if (!metaSchema()(withoutDialect)) return metaErrors(metaSchema().errors ?? []);
  try {
    // A schema that refers to itself without going deeper, or multiplies itself, never ends: any value shows it.
    withinTime(compileBudgetMs, () => {
      const validate = compile(schema);
      for (const probe of [{}, [], "", 0, null]) validate(probe);
    });
    return [];
  } catch (error) {
    return [compileError(schema, error)];
  }
}

// ajv-formats is CommonJS: its function is the module under some loaders and its `default` under others.
const addFormats: FormatsPlugin = "default" in formats ? formats.default : formats;

const url = addFormats.get("url");
const regExp = Object.assign(boundedPattern, { code: "boundedPattern" });

// One instance a schema: what one schema names ($id, $anchor) can never be seen by another.
function compile(schema: JsonObject, more: { useDefaults?: true } = {}): ValidateFunction {
  const { $schema: _, ...rest } = schema;
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    ownProperties: true,
    validateSchema: false,
    meta: JSON.stringify(rest).includes("json-schema.org/draft/2020-12"),
    code: { regExp },
    ...more,
  });
  addFormats(ajv);
  // The one format whose pattern grows with the square of the text's length.
  ajv.addFormat("url", (text) => text.length <= 2048 && (!(url instanceof RegExp) || url.test(text)));
  return ajv.compile(rest);
}

let meta: ValidateFunction | undefined;
function metaSchema(): ValidateFunction {
  meta ??= new Ajv2020({ strict: false, allErrors: true, logger: false }).getSchema(
    "https://json-schema.org/draft/2020-12/schema",
  );
  if (!meta) throw new Error("ajv carries no 2020-12 meta-schema");
  return meta;
}

function toValidator(validate: ValidateFunction): Validator {
  return (value, basePointer) => {
    try {
      return validate(value) ? [] : fieldErrorsOf(validate.errors ?? [], basePointer);
    } catch (error) {
      if (error instanceof PatternTooSlow) {
        const message = "takes too long to match against the type's pattern";
        return [{ pointer: basePointer, code: "pattern_too_slow", message, fix: "Send a shorter text." }];
      }
      if (error instanceof RangeError) {
        const message = "cannot be checked: the type's schema refers to itself without end";
        return [{ pointer: basePointer, code: "endless_reference", message, fix: "Mend the type's schema." }];
      }
      throw error;
    }
  };
}

// A meta-schema's refusal repeats along the branches it was reached by: the deepest word on each place is enough.
function metaErrors(errors: readonly ErrorObject[]): FieldError[] {
  const places = new Map<string, FieldError>();
  for (const found of fieldErrorsOf(errors, "")) {
    if (!places.has(found.pointer)) places.set(found.pointer, found);
  }
  return [...places.values()];
}

function compileError(schema: JsonObject, error: unknown): FieldError {
  if (error instanceof RangeError || error instanceof OutOfTime) {
    const message = "refers to itself without going deeper into the value, so checking would not end";
    return { pointer: "", code: "endless_reference", message, fix: "Refer to it under properties or items." };
  }
  const message = error instanceof Error ? error.message : String(error);
  const target =
    error instanceof Error && "missingRef" in error ? /reference (\S+)/.exec(message)?.[1] : undefined;
  if (target === undefined) return { pointer: "", code: "does_not_compile", message: message.slice(0, 300) };
  return {
    pointer: pointerOf(placeOfRef(schema, target, []) ?? []),
    code: "unresolved_reference",
    message: `refers to ${target.slice(0, 100)}, which is not in this document`,
    fix: "Put that schema under $defs and refer to it as #/$defs/name; nothing is fetched.",
  };
}

function placeOfRef(node: JsonValue, target: string, path: readonly string[]): readonly string[] | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  for (const [key, value] of Object.entries(node)) {
    if ((key === "$ref" || key === "$dynamicRef") && value === target) return [...path, key];
    const found = placeOfRef(value, target, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
