// `npm run secrets:rotate`: brings every stored secret under the current encryption key, while everything runs.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { readEnvFile } = await import("./lib/env-file.mjs");
const { exitWith, Failure } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
readEnvFile();

try {
  await prepare("bundle");
  const { program } = await import("./lib/serve-production.mjs");
  const { runScript } = await import("./lib/tools.mjs");
  const { workerEnvironment } = await import("./lib/worker-environment.mjs");
  const { code } = await runScript([program("rotate-secrets")], {
    env: await workerEnvironment(process.env),
  });
  if (code !== 0)
    throw new Failure("Not every secret was brought under the current key: the reason is above.");
} catch (error) {
  exitWith(error);
}
