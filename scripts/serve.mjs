// `npm start`: with DATABASE_URL a production server, without it everything on this machine.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { readEnvFile } = await import("./lib/env-file.mjs");
const { lifecycle } = await import("./lib/lifecycle.mjs");
const { exitCodeOf, printFailure } = await import("./lib/failure.mjs");
const life = lifecycle();
readEnvFile();

try {
  if (process.env.DATABASE_URL) {
    const { serveProduction } = await import("./lib/serve-production.mjs");
    await serveProduction(life, process.env);
  } else {
    const { serveEmbedded } = await import("./lib/serve-embedded.mjs");
    await serveEmbedded(life, process.env);
  }
} catch (error) {
  printFailure(error);
  await life.end(exitCodeOf(error));
}
