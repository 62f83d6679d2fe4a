import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

test.each([
  ["bench", "npm run bench -- [NAME] [OPTIONS]", "certificate"],
  ["torture", "`npm run torture`", "--seeds"],
  ["simulate", "`npm run simulate`", "--streams"],
  ["demo-loop", "`npm run demo:loop`", "--quick"],
])("%s says with --help what it does and takes, and does nothing", (name, what, takes) => {
  const file = path.join(import.meta.dirname, `${name}.mjs`);
  const said = execFileSync(process.execPath, [file, "--help"], { encoding: "utf8", timeout: 20_000 });
  expect(said).toContain(what);
  expect(said).toContain(takes);
});
