import path from "node:path";
import { bundleOptions, dist } from "./bundle.mjs";
import { readFileSync, existsSync } from "node:fs";

/** Programs that run on; the others do their work at the start and are not repeated. */
const longRunning = ["worker", "billing", "mailbox", "demo"];

/**
 * Bundles again on every change, and names each program whose bundle has changed.
 * @param {(name: string) => Promise<void>} changed
 */
export async function watchBundles(changed) {
  const { context } = await import("esbuild");
  const seen = new Map(longRunning.map((name) => [name, contentOf(name)]));
  const tell = {
    name: "tell",
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length) return; // esbuild has shown them; the old bundles run on.
        for (const name of longRunning) {
          const content = contentOf(name);
          if (content === seen.get(name)) continue;
          seen.set(name, content);
          process.stdout.write(`${name} has changed; starting it again\n`);
          await changed(name);
        }
      });
    },
  };
  const watching = await context({ ...bundleOptions(), logLevel: "error", plugins: [tell] });
  await watching.watch();
  return watching;
}

function contentOf(name) {
  const file = path.join(dist, `${name}.mjs`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
