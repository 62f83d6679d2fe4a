import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { problems } from "@/lib/kernel/problems";

const root = path.join(import.meta.dirname, "../../..");

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(at);
    return at.endsWith(".ts") && !at.endsWith(".test.ts") ? [readFileSync(at, "utf8")] : [];
  });
}

test("every code that the source throws has a page to say what to do", () => {
  const thrown = sources(path.join(root, "lib")).flatMap((source) =>
    [...source.matchAll(/new DomainError\([^;]*?\bcode: "([a-z_]+)"/gs)].map((match) => match[1]),
  );
  expect(thrown.length).toBeGreaterThan(20);
  // A field's own code stands in `errors` and has no page; a DomainError's is the last one of its call.
  const codes = new Set(thrown.filter((code) => code !== undefined));
  expect([...codes].filter((code) => !Object.hasOwn(problems, code))).toEqual([]);
});

test("the pages are where the documents' type points", () => {
  expect(existsSync(path.join(import.meta.dirname, "[code]", "page.tsx"))).toBe(true);
  expect(readFileSync(path.join(root, "lib/server/problem.ts"), "utf8")).toContain("/docs/errors/");
});
