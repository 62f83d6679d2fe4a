// `npm run demo:loop`: see scripts/loop/main.ts.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { default: path } = await import("node:path");
const { exitWith } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const { root } = await import("./lib/runtime.mjs");
const { runTool } = await import("./lib/tools.mjs");

try {
  await prepare("install");
  const entry = path.join(root, "scripts", "loop", "main.ts");
  const { code } = await runTool(["tsx", "--conditions=react-server", entry, ...process.argv.slice(2)]);
  process.exitCode = code;
} catch (error) {
  exitWith(error);
}
