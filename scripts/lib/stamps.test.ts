import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isFresh, sourcesKey, stamp, unstamp } from "./stamps.mjs";

let root = "";
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "countersign-stamps-"));
  write("lib/a.ts", "1");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

test.each([
  ["a changed source", () => write("lib/a.ts", "2")],
  ["a new source", () => write("app/page.tsx", "")],
  ["a source moved", () => (rmSync(path.join(root, "lib/a.ts")), write("lib/b.ts", "1"))],
  ["another version of a package", () => write("package-lock.json", "{}")],
])("%s makes a build stale", (_title, change) => {
  const before = sourcesKey(root);
  change();
  expect(sourcesKey(root)).not.toBe(before);
});

test.each([
  ["a test", () => write("lib/a.test.ts", "new")],
  ["a story", () => write("e2e/story.spec.ts", "new")],
  ["data", () => write("data/demo.json", "new")],
])("%s does not", (_title, change) => {
  const before = sourcesKey(root);
  change();
  expect(sourcesKey(root)).toBe(before);
});

test("a build that was broken off is not taken for a fresh one", () => {
  const output = path.join(root, "dist");
  mkdirSync(output);
  stamp(output, "key");
  expect(isFresh(output, "key")).toBe(true);
  expect(isFresh(output, "another")).toBe(false);
  unstamp(output); // The first thing a build does.
  expect(isFresh(output, "key")).toBe(false);
});
