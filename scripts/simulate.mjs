// `npm run simulate`: see scripts/simulate/main.ts.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { runMain } = await import("./lib/run-main.mjs");
await runMain("simulate", { needs: "install" });
