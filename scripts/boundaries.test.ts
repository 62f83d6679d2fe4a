import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ICruiseResult } from "dependency-cruiser";
import { afterAll, describe, expect, test } from "vitest";
import house, { rooms } from "../.dependency-cruiser.mjs";

const site = mkdtempSync(path.join(tmpdir(), "countersign-house-"));
afterAll(() => rmSync(site, { recursive: true, force: true }));

/** What each rule must catch: the rule, the file that breaks it, and the import that does. */
const planted: [rule: string, file: string, code: string][] = [
  ...rooms.slice(0, -1).map((room, index): [string, string, string] => {
    const later = rooms[index + 1] ?? "";
    return [`${room}-looks-back-only`, `lib/${room}/server/peek.ts`, `import "@/lib/${later}/schema";`];
  }),
  [
    "identity-looks-back-only",
    "lib/identity/peek.ts",
    'import type { Word } from "@/lib/learning/schema";\nexport type W = Word;',
  ],
  [
    "identity-looks-back-only",
    "lib/identity/lazy.ts",
    'export const later = () => import("@/lib/learning/schema");',
  ],
  ["no-cycles", "lib/apps/here.ts", 'import "./there";'],
  ["core-has-no-server", "lib/apps/reads.ts", 'import "@/lib/server/authorize";'],
  ["core-has-no-node", "lib/apps/files.ts", 'import "node:fs";'],
  ["core-has-no-server-package", "lib/apps/driver.ts", 'import "pg";'],
  ["kernel-is-the-floor", "lib/kernel/up.ts", 'import "@/lib/apps/schema";'],
  ["stats-stand-alone", "lib/stats/mean.ts", 'import "@/lib/kernel/word";'],
  ["toolkit-knows-no-room", "lib/server/knows.ts", 'import "@/lib/apps/schema";'],
  ["only-verbs-touch-tables", "lib/worker/loop.ts", 'import "@/db/schema/tables";'],
  ["edges-open-no-database", "app/page.tsx", 'import "@/db/client";'],
  ["tables-know-words-only", "db/schema/tables.ts", 'import "@/lib/apps/server/get-thing";'],
  ["components-stay-in-the-browser", "components/list.tsx", 'import "@/lib/apps/server/get-thing";'],
  ["components-have-no-node", "components/clock.tsx", 'import "node:os";'],
  ["charts-own-recharts", "components/graph.tsx", 'import "recharts";'],
  ["nothing-imports-app", "components/link.tsx", 'import "@/app/page";'],
  ["systems-stand-alone", "systems/billing/cli.ts", 'import "@/lib/kernel/word";'],
  ["imports-resolve", "components/lost.tsx", 'import "@/components/nowhere";'],
  ["verbs-authorize", "lib/apps/server/get-thing.ts", "export const getThing = 1;"],
];

const innocent: [file: string, code: string][] = [
  ...rooms.map((room): [string, string] => [`lib/${room}/schema.ts`, "export type Word = string;"]),
  ["lib/apps/there.ts", 'import "./here";'],
  ["lib/server/authorize.ts", "export const authorize = 1;"],
  ["lib/kernel/word.ts", 'import "zod";'],
  ["lib/apps/server/list-things.ts", 'import "@/lib/server/authorize";\nimport "@/db/schema/plain";'],
  ["lib/apps/server/read-things.ts", "export const helpers = 'need not authorize';"],
  [
    "lib/learning/server/export-things.ts",
    'import "@/lib/server/authorize";\nimport "@/lib/apps/server/list-things";',
  ],
  ["db/schema/plain.ts", 'import "@/lib/apps/schema";\nimport "drizzle-orm";'],
  ["db/client.ts", 'import "pg";'],
  ["components/charts/line.tsx", 'import "recharts";'],
  ["app/things/page.tsx", 'import "@/components/charts/line";\nimport "@/lib/apps/server/list-things";'],
];

function violations(): { rule: string; file: string }[] {
  for (const [file, code] of [...planted.map(([, at, text]) => [at, text] as const), ...innocent]) {
    mkdirSync(path.dirname(path.join(site, file)), { recursive: true });
    writeFileSync(path.join(site, file), `${code}\n`);
  }
  for (const file of [".dependency-cruiser.mjs", "tsconfig.json"]) copyFileSync(file, path.join(site, file));
  symlinkSync(path.resolve("node_modules"), path.join(site, "node_modules"));
  const program = path.resolve("node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const options = ["--config", ".dependency-cruiser.mjs", "--output-type", "json"];
  const folders = ["app", "components", "db", "lib", "systems"];
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...options, ...folders], {
    cwd: site,
    encoding: "utf8",
  });
  if (!stdout) throw new Error(stderr);
  const result: ICruiseResult = JSON.parse(stdout);
  return result.summary.violations.map(({ rule, from }) => ({ rule: rule.name, file: from }));
}

const found = violations();

describe("the house's rules", () => {
  test.each(planted)("%s catches %s", (rule, file) => {
    expect(found).toContainEqual({ rule, file });
  });

  test("leave code that keeps them alone", () => {
    const files = innocent.map(([file]) => file).filter((file) => file !== "lib/apps/there.ts");
    expect(found.filter(({ file }) => files.includes(file))).toEqual([]);
  });

  test("are each proved by a planted violation", () => {
    const names = [...(house.forbidden ?? []), ...(house.required ?? [])].map(({ name }) => name);
    expect(names.filter((name) => !planted.some(([rule]) => rule === name))).toEqual([]);
  });
});
