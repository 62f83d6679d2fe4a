// `node scripts/prepare.mjs [bundle|build]`: installs, bundles and builds what is stale, and starts nothing.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { exitWith } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");

await prepare(process.argv[2] || "install").catch(exitWith);
