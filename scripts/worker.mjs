// `npm run worker`: one more worker, for the database of DATABASE_URL or the one that `npm start` runs here.
import { ensureRuntime } from "./lib/runtime.mjs";

await ensureRuntime();
const { readEnvFile } = await import("./lib/env-file.mjs");
const { lifecycle } = await import("./lib/lifecycle.mjs");
const { exitCodeOf, printFailure } = await import("./lib/failure.mjs");
const { prepare } = await import("./lib/prepare.mjs");
const life = lifecycle();
readEnvFile();

try {
  await life.during(() => prepare("bundle"));
  const { keeper } = await import("./lib/children.mjs");
  const { program } = await import("./lib/serve-production.mjs");
  const { workerEnvironment } = await import("./lib/worker-environment.mjs");
  const environment = await workerEnvironment(process.env);
  const programs = await life.hold(
    () => keeper({ changed: () => {} }),
    ({ stopAll }) => stopAll(),
  );
  await programs.start("worker", [program("worker")], environment);
} catch (error) {
  printFailure(error);
  await life.end(exitCodeOf(error));
}
