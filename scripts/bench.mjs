// `npm run bench`: throughput and latency of the built server on a database of its own, one JSON line a figure.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { default: path } = await import("node:path");
const { exitWith, Failure } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const { root } = await import("./lib/runtime.mjs");
const { runTool } = await import("./lib/tools.mjs");

try {
  await prepare("build");
  const entry = path.join(root, "bench", "intake.ts");
  const { code } = await runTool(["tsx", "--conditions=react-server", entry, ...process.argv.slice(2)]);
  if (code !== 0) throw new Failure("The bench ended early: the reason is above.");
} catch (error) {
  exitWith(error);
}
