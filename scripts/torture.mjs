// `npm run torture`: see scripts/torture/main.ts.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { runMain } = await import("./lib/run-main.mjs");
await runMain("torture", { needs: "build" });
