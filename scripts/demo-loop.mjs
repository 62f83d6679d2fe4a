// `npm run demo:loop`: see scripts/loop/main.ts.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { runMain } = await import("./lib/run-main.mjs");
await runMain("loop", { needs: "install" });
