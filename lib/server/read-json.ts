import { DomainError } from "@/lib/kernel/errors";
import type { JsonValue } from "@/lib/kernel/json";

export type JsonLimits = { bytes: number; depth: number; nodes: number };
/** What one request body may be, unless its endpoint says otherwise. */
export const jsonLimits: JsonLimits = { bytes: 256 * 1024, depth: 32, nodes: 20_000 };

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Throws unless the content type is JSON (`application/json` or `…+json`), parameters aside. */
export function requireJsonType(
  contentType: string | null | undefined,
  also: readonly string[] = [],
): string {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json" || /^application\/[\w.-]+\+json$/.test(type) || also.includes(type))
    return type;
  throw new DomainError(
    "unsupported_media",
    type ? `Content-Type ${type.slice(0, 100)} is not accepted here` : "Content-Type is missing",
    {
      code: "unsupported_media_type",
    },
  );
}

/** Throws unless a body comes as JSON (or `also`) and as it is: nothing here unpacks one. Answers its type. */
export function requireJsonBody(header: (name: string) => string | null, also?: readonly string[]): string {
  const encoding = header("content-encoding")?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity")
    throw new DomainError(
      "unsupported_media",
      `Content-Encoding ${encoding.slice(0, 100)} is not accepted here`,
      {
        code: "unsupported_media_type",
      },
    );
  return requireJsonType(header("content-type"), also);
}

/** UTF-8 text of a body. Throws 413 over the limit and 400 on bytes that are not UTF-8. */
export function bodyText(bytes: Uint8Array, limit: number): string {
  if (bytes.byteLength > limit) throw tooLarge(limit);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new DomainError("malformed", "The body is not UTF-8", { code: "malformed_json" });
  }
}

export function tooLarge(limit: number): DomainError {
  return new DomainError("too_large", `The body is over ${limit} bytes`, {
    code: "body_too_large",
  });
}

/**
 * Parses one JSON text and makes sure that what it says can be stored and given back unchanged: no NUL, no lone
 * surrogates, no number beyond what a double keeps exactly, no `__proto__` key, bounded depth and size.
 * Throws `malformed` for what is not JSON and `invalid` (with a pointer) for what cannot be kept.
 */
export function parseJson(text: string, limits: JsonLimits = jsonLimits): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DomainError("malformed", `The body is not JSON: ${(error as Error).message.slice(0, 200)}`, {
      code: "malformed_json",
    });
  }
  if (!isKeepable(value, limits)) checkKeepable(value, limits);
  return value;
}

// The same rules without the pointers, which nearly every body can do without.
function isKeepable(root: JsonValue, limits: JsonLimits): boolean {
  let level: JsonValue[] = [root];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length;
    if (nodes > limits.nodes) return false;
    const next: JsonValue[] = [];
    for (const value of level) {
      if (typeof value === "string") {
        if (!isKeepableText(value)) return false;
      } else if (typeof value === "number") {
        if (!isKeepableNumber(value)) return false;
      } else if (typeof value === "object" && value !== null) {
        if (depth >= limits.depth || !gather(next, value)) return false;
      }
    }
    level = next;
  }
  return true;
}

function gather(into: JsonValue[], value: JsonValue[] | { [key: string]: JsonValue }): boolean {
  if (!Array.isArray(value) && !Object.keys(value).every(isKeepableKey)) return false;
  for (const child of Object.values(value)) into.push(child);
  return true;
}

function isKeepableKey(key: string): boolean {
  return key !== "__proto__" && isKeepableText(key);
}

function isKeepableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\u0000");
}

function isKeepableNumber(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

type Frame = { value: JsonValue; pointer: () => string; depth: number };

// Iterative: a hostile body must not be able to choose how deep our own stack goes.
function checkKeepable(root: JsonValue, limits: JsonLimits): void {
  const stack: Frame[] = [{ value: root, pointer: () => "", depth: 0 }];
  let nodes = 0;
  for (let frame = stack.pop(); frame; frame = stack.pop()) {
    const { value, pointer, depth } = frame;
    if (++nodes > limits.nodes) {
      throw new DomainError("invalid", `The body has more than ${limits.nodes} values`, {
        code: "body_too_complex",
      });
    }
    if (typeof value === "string") checkText(value, pointer);
    else if (typeof value === "number") checkNumber(value, pointer);
    else if (typeof value === "object" && value !== null) {
      if (depth >= limits.depth) {
        throw new DomainError("invalid", `The body is nested more than ${limits.depth} levels deep`, {
          code: "body_too_deep",
        });
      }
      pushChildren(stack, value, pointer, depth);
    }
  }
}

function pushChildren(
  stack: Frame[],
  value: JsonValue[] | { [key: string]: JsonValue },
  pointer: () => string,
  depth: number,
): void {
  for (const [key, child] of Object.entries(value)) {
    const here = () => `${pointer()}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (key === "__proto__")
      throw refuse(here, "forbidden_key", "The key __proto__ is not accepted", "Rename it");
    checkText(key, here);
    stack.push({ value: child, pointer: here, depth: depth + 1 });
  }
}

function checkText(text: string, pointer: () => string): void {
  if (text.includes("\u0000"))
    throw refuse(
      pointer,
      "nul_character",
      "Text holds a NUL character, which cannot be stored",
      "Remove \\u0000",
    );
  if (!text.isWellFormed())
    throw refuse(
      pointer,
      "lone_surrogate",
      "Text holds half of a surrogate pair, which is not Unicode",
      "Send well-formed Unicode",
    );
}

function checkNumber(value: number, pointer: () => string): void {
  if (isKeepableNumber(value)) return;
  throw refuse(
    pointer,
    "number_not_exact",
    "The number is beyond what can be kept exactly",
    "Send it as a string, or within ±2^53",
  );
}

function refuse(pointer: () => string, code: string, message: string, fix: string): DomainError {
  return new DomainError("invalid", message, {
    code: "validation_failed",
    errors: [{ pointer: pointer().toWellFormed().replaceAll("\u0000", "\\u0000"), code, message, fix }],
  });
}
