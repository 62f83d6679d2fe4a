import { expect, test } from "vitest";
import { hashSecret, makeKey, parseKey } from "./api-keys";

test.each([
  ["app", true, /^sk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/],
  ["app", false, /^sk_test_/],
  ["personal", true, /^pat_live_/],
  ["personal", false, /^pat_test_/],
] as const)("a new %s key (live: %s) has its shape and reads back as what it is", (kind, livemode, shape) => {
  const { key, prefix, secretHash } = makeKey(kind, livemode);
  expect(key).toMatch(shape);
  const parsed = parseKey(key);
  expect(parsed).toMatchObject({ kind, livemode, prefix });
  expect(hashSecret(parsed?.secret ?? "")).toBe(secretHash);
  expect(key.startsWith(prefix)).toBe(true);
});

test("a key with any one character changed is refused before the database is asked", () => {
  const { key } = makeKey("app", true);
  const changed = [...key].map((was, at) => key.slice(0, at) + (was === "a" ? "b" : "a") + key.slice(at + 1));
  expect(changed.filter((text) => text !== key && parseKey(text))).toEqual([]);
});

test.each(["", "sk_live_", "Bearer x", "sk_live_abc_def_ghi", "x".repeat(10_000)])("%s is no key", (text) => {
  expect(parseKey(text)).toBeUndefined();
});

test("a key cut off or with something added is no key", () => {
  const { key } = makeKey("personal", false);
  expect([key.slice(0, -1), `${key}a`, ` ${key}`, `${key}\n`].map(parseKey)).toEqual(
    Array(4).fill(undefined),
  );
});

test("no two keys are alike", () => {
  expect(new Set(Array.from({ length: 1000 }, () => makeKey("app", true).key)).size).toBe(1000);
});
