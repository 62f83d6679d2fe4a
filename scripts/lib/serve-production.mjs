import { bundleOf } from "./bundle.mjs";
import { keeper } from "./children.mjs";
import { Failure } from "./failure.mjs";
import { prepare } from "./prepare.mjs";
import { productionSecrets } from "./secrets.mjs";
import { productionEnvironment, servingPort } from "./settings.mjs";

/**
 * The web server and one worker against the database of DATABASE_URL: no demo, no billing, output to the terminal.
 * @param {ReturnType<import("./lifecycle.mjs").lifecycle>} life
 */
export async function serveProduction(life, env) {
  const secrets = productionSecrets(env);
  const host = env.HOST || "0.0.0.0";
  const port = await servingPort(env, [host]);
  await life.during(() => prepare("build"));
  const environment = productionEnvironment({ env, secrets, port });
  const programs = await life.hold(
    () => keeper({ changed: () => {} }),
    ({ stopAll }) => stopAll(),
  );
  await programs.runOnce("migrate", [program("migrate")], environment);
  await Promise.all([
    programs.start("web", [program("web")], environment),
    programs.start("worker", [program("worker")], environment),
  ]);
  process.stdout.write(
    `Countersign is running at ${environment.COUNTERSIGN_ORIGIN} (listening on ${host}:${port}, one worker beside it)\n`,
  );
}

export function program(name) {
  const file = bundleOf(name);
  if (!file) throw new Failure(`dist/${name}.mjs is missing. Run: node scripts/prepare.mjs build`);
  return file;
}
