import { afterEach, beforeEach, expect, test, vi } from "vitest";

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  vi.resetModules();
});
afterEach(() => vi.unstubAllGlobals());

test("a tab that has passed nothing holds the very set the server drew with", async () => {
  const { nonePassed, readPassed } = await import("./passed");
  expect(readPassed()).toBe(nonePassed);
});

test("so does one whose storage is refused", async () => {
  vi.stubGlobal("sessionStorage", undefined);
  const { nonePassed, readPassed } = await import("./passed");
  expect(readPassed()).toBe(nonePassed);
});

test("what was passed is known after a reload, until it is taken back", async () => {
  const before = await import("./passed");
  before.pass("rev_1");
  before.pass("rev_2");
  vi.resetModules();
  const { readPassed, unpass } = await import("./passed");
  expect([...readPassed()]).toEqual(["rev_1", "rev_2"]);
  unpass("rev_1");
  expect([...readPassed()]).toEqual(["rev_2"]);
});
