import { DomainError } from "@/lib/kernel/errors";
import { passwordProblem } from "@/lib/identity/passwords";

/** Throws `weak_password` at the pointer of the field when a new password is not good enough. */
export function assertPassword(password: string, about: readonly string[], pointer = "/password"): void {
  const message = passwordProblem(password, about);
  if (!message) return;
  throw new DomainError("invalid", message, {
    code: "weak_password",
    errors: [{ pointer, code: "weak_password", message }],
  });
}
