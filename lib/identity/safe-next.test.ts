import { expect, test } from "vitest";
import { safeNext } from "./safe-next";

test.each(["/inbox", "/decisions?route=review", "/settings/members"])("%s is where one goes", (next) => {
  expect(safeNext(next)).toBe(next);
});

test.each([
  undefined,
  "",
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/a\nb",
  "/in\\box",
  "/sign-in?next=/x",
  "/setup",
  "/api/v1/whoami",
])("%s leads home", (next) => {
  expect(safeNext(next)).toBe("/");
});
