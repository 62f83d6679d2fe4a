// `npm run dev`: as `npm start`, with `next dev` for the pages and every other program started again when it changes.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { readEnvFile } = await import("./lib/env-file.mjs");
const { lifecycle } = await import("./lib/lifecycle.mjs");
const { exitCodeOf, printFailure } = await import("./lib/failure.mjs");
const life = lifecycle();
readEnvFile();

try {
  const { serveEmbedded } = await import("./lib/serve-embedded.mjs");
  const { startNextDev } = await import("./lib/next-dev.mjs");
  const { watchBundles } = await import("./lib/watch-bundles.mjs");
  const web = { upTo: "bundle", startWeb: startNextDev };
  const programs = await serveEmbedded(life, process.env, web);
  await life.hold(
    () => watchBundles((name) => programs.restart(name)),
    ({ dispose }) => dispose(),
  );
} catch (error) {
  printFailure(error);
  await life.end(exitCodeOf(error));
}
