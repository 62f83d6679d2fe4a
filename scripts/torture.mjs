// `npm run torture`: see scripts/torture/main.ts.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { default: path } = await import("node:path");
const { exitWith } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const { root } = await import("./lib/runtime.mjs");
const { runTool } = await import("./lib/tools.mjs");

try {
  await prepare("build");
  const entry = path.join(root, "scripts", "torture", "main.ts");
  const { code } = await runTool(["tsx", "--conditions=react-server", entry, ...process.argv.slice(2)]);
  process.exitCode = code;
} catch (error) {
  exitWith(error);
}
