// `npm run check`: everything about the code that can be said without running it. `npm run check -- lint types` runs some.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { existsSync } = await import("node:fs");
const { exitWith, Failure } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const { runTool } = await import("./lib/tools.mjs");

const folders = ["app", "bench", "components", "db", "demo", "e2e", "lib", "scripts", "systems"];
const sources = folders.filter((folder) => existsSync(folder));
const rootFiles = ["*.ts", "*.mjs", "*.json", ".oxlintrc.json", ".dependency-cruiser.mjs"];

const checks = {
  format: ["oxfmt", "--check", ...sources, ...rootFiles],
  lint: [
    "oxlint",
    "--deny-warnings",
    ...sources,
    "next.config.mjs",
    "playwright.config.ts",
    "vitest.config.ts",
  ],
  boundaries: ["dependency-cruiser", "--config", ".dependency-cruiser.mjs", ...sources],
  types: ["typescript", "--noEmit", "-p", "tsconfig.check.json"],
  "dead code": ["knip", "--no-progress"],
};
const bins = { boundaries: "depcruise", types: "tsc" };
// What pages and routes must export is written down by Next; the build leaves checking it to this.
const first = { types: ["next", "typegen"] };

try {
  await prepare("install");
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in checks));
  if (unknown.length)
    throw new Failure(`No such check: ${unknown.join(", ")}. There are: ${Object.keys(checks).join(", ")}`);
  const failed = [];
  for (const [name, command] of Object.entries(checks)) {
    if (asked.length && !asked.includes(name)) continue;
    const began = Date.now();
    if (first[name]) await runTool(first[name], { quiet: true });
    const { code, output } = await runTool(command, { quiet: true, bin: bins[name] });
    process.stdout.write(
      `${name.padEnd(10)} ${code === 0 ? "ok" : "FAILED"}  ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
    );
    if (code === 0) continue;
    failed.push(name);
    process.stdout.write(`${output.trim()}\n\n`);
  }
  if (failed.length)
    throw new Failure(`Failed: ${failed.join(", ")}. \`npm run fix\` mends formatting and some lint.`);
} catch (error) {
  exitWith(error);
}
