import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

const site = mkdtempSync(path.join(tmpdir(), "countersign-lint-"));
afterAll(() => rmSync(site, { recursive: true, force: true }));

const core = "lib/apps";
/** What each rule must catch: the rule, the file that breaks it, and its code. */
const planted: [rule: string, file: string, code: string][] = [
  ["max-lines", `${core}/long.ts`, "export const line = 1;\n" + "// line\n".repeat(300)],
  ["no-explicit-any", `${core}/any.ts`, "export const loose = (value: any) => value;"],
  ["no-non-null-assertion", `${core}/bang.ts`, "export const first = (list: string[]) => list[0]!.length;"],
  [
    "no-floating-promises",
    `${core}/floating.ts`,
    "const later = async () => 1;\nexport const go = () => { later(); };",
  ],
  [
    "switch-exhaustiveness-check",
    `${core}/switch.ts`,
    'export function say(word: "a" | "b") {\n  switch (word) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}',
  ],
  ["filename-case", `${core}/camelCase.ts`, "export const name = 1;"],
  ["no-default-export", `${core}/default.ts`, "export default 1;"],
  ["no-restricted-globals", `${core}/clock.ts`, "export const now = () => new Date();"],
  ["no-restricted-globals", `${core}/network.ts`, 'export const load = () => fetch("/");'],
  ["no-restricted-globals", `${core}/environment.ts`, "export const port = process.env.PORT;"],
  ["no-restricted-properties", `${core}/chance.ts`, "export const draw = () => Math.random();"],
];

const innocent: [file: string, code: string][] = [
  ["app/page.tsx", "export default function Page() {\n  return null;\n}"],
  [`${core}/client.ts`, 'export const load = () => fetch("/");'],
  [`${core}/server/now.ts`, "export const now = () => new Date();"],
];

function problems(): { rule: string; file: string }[] {
  for (const [file, code] of [...planted.map(([, at, text]) => [at, text] as const), ...innocent]) {
    mkdirSync(path.dirname(path.join(site, file)), { recursive: true });
    writeFileSync(path.join(site, file), `${code}\n`);
  }
  for (const file of [".oxlintrc.json", "tsconfig.json"]) copyFileSync(file, path.join(site, file));
  symlinkSync(path.resolve("node_modules"), path.join(site, "node_modules"));
  const program = path.resolve("node_modules/oxlint/bin/oxlint");
  const { stdout, stderr } = spawnSync(process.execPath, [program, "--format", "json", "app", "lib"], {
    cwd: site,
    encoding: "utf8",
  });
  if (!stdout) throw new Error(stderr);
  const { diagnostics }: { diagnostics: { code: string; filename: string }[] } = JSON.parse(stdout);
  return diagnostics.map(({ code, filename }) => ({
    rule: code.replace(/^.*\((.*)\)$/, "$1"),
    file: filename,
  }));
}

const found = problems();

test.each(planted)("%s catches %s", (rule, file) => {
  expect(found).toContainEqual({ rule, file });
});

test("code that keeps the rules passes", () => {
  expect(found.filter(({ file }) => innocent.some(([kept]) => kept === file))).toEqual([]);
});
