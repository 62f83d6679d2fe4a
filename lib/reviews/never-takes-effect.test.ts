import { expect, test } from "vitest";
import { DomainError, type ErrorKind } from "@/lib/kernel/errors";
import { neverTakesEffect } from "./never-takes-effect";

test.each<[ErrorKind, string | undefined, boolean]>([
  ["forbidden", undefined, true],
  ["invalid", "validation_failed", true],
  ["unavailable", "cannot_observe", true],
  ["conflict", "review_already_resolved", false],
  ["gone", "review_expired", false],
  ["unavailable", "overloaded", false],
])("%s %s: %s", (kind, code, expected) => {
  expect(neverTakesEffect(new DomainError(kind, "no", { code }))).toBe(expected);
});
