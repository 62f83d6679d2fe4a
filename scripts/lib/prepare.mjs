import { installPackages } from "./install.mjs";
import { alone } from "./prepare-lock.mjs";

/**
 * Brings the checkout to where it can be started, doing only what is stale. The scripts call this themselves: npm
 * skips `pre…` scripts where `ignore-scripts` is set.
 * @param {"install" | "bundle" | "build"} upTo
 */
export async function prepare(upTo) {
  await alone(async () => {
    await installPackages();
    if (upTo === "install") return;
    const { bundlePrograms } = await import("./bundle.mjs");
    await bundlePrograms();
    if (upTo === "bundle") return;
    const { buildWeb } = await import("./web-build.mjs");
    await buildWeb();
  });
}
