import type { DomainError } from "@/lib/kernel/errors";

/**
 * Whether a staged verdict that was refused so can never take effect, and its review opens again. One that another
 * worker committed or its author took back is settled; where too many wait it is tried again.
 */
export function neverTakesEffect({ kind, code }: DomainError): boolean {
  return kind !== "conflict" && kind !== "gone" && code !== "overloaded";
}
