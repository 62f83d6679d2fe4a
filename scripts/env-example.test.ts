import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const folders = ["app", "components", "db", "demo", "e2e", "lib", "scripts", "systems"];
const ours = /(?<!\$)\b(?:COUNTERSIGN|BILLING|MAILBOX|RETAIL)_[A-Z][A-Z_]*[A-Z]\b/g;

function variablesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith(".test.ts"))
    .flatMap((name) => readFileSync(path.join(folder, name), "utf8").match(ours) ?? []);
}

test(".env.example explains every variable that the code reads, and no other", () => {
  const explained = new Set(readFileSync(".env.example", "utf8").match(ours));
  const used = new Set(folders.filter((folder) => existsSync(folder)).flatMap(variablesOf));
  expect([...used].filter((name) => !explained.has(name))).toEqual([]);
  expect([...explained].filter((name) => !used.has(name) && !name.startsWith("COUNTERSIGN_E2E"))).toEqual([]);
});
