import type { z } from "zod";
import { DomainError, type FieldError } from "@/lib/kernel/errors";

/** Parses with a zod schema; throws `validation_failed` with an RFC 6901 pointer for each thing that is wrong. */
export function parseWith<T extends z.ZodType>(schema: T, value: unknown, base = ""): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 50).flatMap((issue) => fieldErrors(issue, base));
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

function fieldErrors(issue: z.core.$ZodIssue, base: string): FieldError[] {
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
        fieldErrors({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue, base),
      );
    }
  }
  return [{ pointer: pointerOf(issue.path, base), code: issue.code, message: issue.message }];
}

function depthOf(issues: readonly { path: readonly PropertyKey[] }[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}
