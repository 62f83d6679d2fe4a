import { DomainError } from "@/lib/kernel/errors";
import type { Context } from "@/lib/server/context";
import { problemOf } from "@/lib/server/problem";

/** What one submission of a set is answered when it breaks something nobody foresaw, or the database refuses it. */
export function refusalOf({ requestId }: Context, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (problemOf(error, { requestId }).code === "validation_failed") {
    return new DomainError("invalid", "A value cannot be stored as it is.", { code: "validation_failed" });
  }
  return new DomainError("unavailable", "Something broke on our side; this one was not stored.", {
    code: "internal",
  });
}
