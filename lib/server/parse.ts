import type { z } from "zod";
import { DomainError, type FieldError } from "@/lib/kernel/errors";

/** Parses with a zod schema; throws `validation_failed` with an RFC 6901 pointer for each thing that is wrong. */
export function parseWith<T extends z.ZodType>(schema: T, value: unknown, base = ""): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 50).flatMap((issue) => fieldErrors(issue, base, value));
  const first = errors[0];
  const where = first && first.pointer !== "" ? `${first.pointer}: ` : "";
  throw new DomainError("invalid", `${where}${first?.message ?? "invalid"}`, {
    code: "validation_failed",
    errors,
  });
}

function pointerOf(path: readonly PropertyKey[], base: string): string {
  return base + path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function fieldErrors(issue: z.core.$ZodIssue, base: string, value: unknown): FieldError[] {
  const pointer = pointerOf(issue.path, base);
  // Of what is not there the library says what it is not; a schema's own words say more.
  const options = /^Invalid (?:input|option)(?<options>: expected one of .*)?/.exec(issue.message);
  if (options && issue.code !== "invalid_union" && isMissing(value, issue.path)) {
    const message = `is missing${options.groups?.["options"] ?? ""}`;
    return [{ pointer, code: "required", message, fix: "Send it" }];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key], base),
      code: "unknown_field",
      message: `There is no field ${key} here`,
      fix: "Remove it, or put your own data under metadata",
    }));
  }
  // A union says little by itself; its nearest branch says what is wrong with the value that was sent.
  if (issue.code === "invalid_union") {
    const branch = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
    if (branch && branch.length > 0) {
      return branch.flatMap((inner) =>
        fieldErrors({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, base, value),
      );
    }
  }
  return [{ pointer, code: issue.code, message: issue.message }];
}

function isMissing(value: unknown, path: readonly PropertyKey[]): boolean {
  let here = value;
  for (const part of path) {
    if (typeof here !== "object" || here === null) return false;
    here = (here as Record<PropertyKey, unknown>)[part];
  }
  return here === undefined && path.length > 0;
}

function depthOf(issues: readonly { path: readonly PropertyKey[] }[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}
