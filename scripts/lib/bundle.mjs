import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { step } from "./progress.mjs";
import { root } from "./runtime.mjs";
import { isFresh, sourcesKey, stamp, unstamp } from "./stamps.mjs";

/** The programs that run beside Next, each bundled into dist/<name>.mjs. */
const entries = {
  web: "scripts/entry/web.ts",
  worker: "scripts/entry/worker.ts",
  migrate: "scripts/entry/migrate.ts",
  seed: "scripts/entry/seed.ts",
  demo: "scripts/entry/demo.ts",
  billing: "systems/billing/cli.ts",
  mailbox: "systems/mailbox/cli.ts",
  retail: "systems/retail/cli.ts",
  "rotate-secrets": "scripts/entry/rotate-secrets.ts",
};

/** Where the bundles are. */
export const dist = path.join(root, "dist");

/** The bundle of a program, or undefined when the project has no such program. */
export function bundleOf(name) {
  const file = path.join(dist, `${name}.mjs`);
  return existsSync(file) ? file : undefined;
}

/** Options of esbuild for the programs that exist: packages stay outside, `server-only` is allowed. */
export function bundleOptions() {
  const present = Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file)));
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(present),
    outdir: dist,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node22.12",
    format: "esm",
    packages: "external",
    conditions: ["react-server"],
    alias: { "server-only": "./scripts/test/empty.ts" },
    jsx: "automatic",
    sourcemap: true,
    sourcesContent: false,
    logLevel: "silent",
  };
}

/** Bundles the programs, unless their sources are as they were. */
export async function bundlePrograms() {
  const key = sourcesKey(root);
  if (isFresh(dist, key)) return;
  await step("Bundling the worker and its companions", async () => {
    unstamp(dist);
    rmSync(dist, { recursive: true, force: true });
    const { build } = await import("esbuild");
    await build({ ...bundleOptions(), logLevel: "error" });
  });
  stamp(dist, key);
}
