import path from "node:path";
import { banner } from "./banner.mjs";
import { bundleOf } from "./bundle.mjs";
import { keeper } from "./children.mjs";
import { claimDataDir } from "./claim.mjs";
import { exitCodeOf, Failure, printFailure } from "./failure.mjs";
import { keepDatabase } from "./keep-database.mjs";
import { freePort } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { embeddedSecrets } from "./secrets.mjs";
import { dataDirOf, embeddedEnvironment, isDemoOff, servingPort } from "./settings.mjs";

/**
 * Everything on this machine: the database, the reference systems, the worker, the web server and the demo's stream.
 * @param {ReturnType<import("./lifecycle.mjs").lifecycle>} life
 * @param {NodeJS.ProcessEnv} env
 * @param {{ upTo: "bundle" | "build", startWeb: (programs: object, env: NodeJS.ProcessEnv, gate: Promise<unknown>) => Promise<unknown> }} web
 *   what to prepare, and how to start the web server: it may load at once, answers only after the gate, and resolves
 *   when it does
 */
export async function serveEmbedded(life, env, web = { upTo: "build", startWeb: startBuiltWeb }) {
  const dataDir = dataDirOf(env);
  const isDemo = !isDemoOff(env);
  const claim = await life.hold(
    () => claimDataDir(dataDir),
    ({ release }) => release(),
  );
  const port = await servingPort(env, ["127.0.0.1", "::1"]);
  await life.during(() => prepare(web.upTo));
  const began = Date.now();
  const billingPort = await freePort(Number(env.BILLING_PORT) || port + 1);
  const mailboxPort = await freePort(Number(env.MAILBOX_PORT) || billingPort + 1);
  const secrets = embeddedSecrets(dataDir);
  const lost = (error) => {
    printFailure(error);
    void life.end(exitCodeOf(error));
  };
  const database = await life.hold(
    () => keepDatabase({ dataDir, password: secrets.databasePassword }, lost),
    ({ stop }) => stop(),
  );
  const environment = embeddedEnvironment({
    env,
    databaseUrl: database.url,
    secrets,
    port,
    billingPort,
    mailboxPort,
    dataDir,
  });
  const url = environment.COUNTERSIGN_ORIGIN;
  const logs = path.join(dataDir, "logs");
  const programs = await life.hold(
    () => keeper({ logs, changed: (children) => claim.note({ url, billingPort, mailboxPort, children }) }),
    ({ stopAll }) => stopAll(),
  );

  const filled = fill(programs, environment, isDemo);
  await Promise.all([
    filled.then(() => startProgram(programs, "worker", environment)),
    web.startWeb(programs, environment, filled),
  ]);
  process.stdout.write(banner({ url, dataDir, isDemo, seconds: ((Date.now() - began) / 1000).toFixed(1) }));
  // The stream is a guest: when it cannot start it is tried again, and the rest goes on.
  if (isDemo)
    await startProgram(programs, "demo", environment).catch((error) =>
      process.stderr.write(`${error.message}\n`),
    );
  return programs;
}

/** The database migrated, the reference systems up, the demo's rows there. */
async function fill(programs, env, isDemo) {
  await Promise.all([
    migrate(programs, env),
    startProgram(programs, "billing", env),
    startProgram(programs, "mailbox", env),
  ]);
  if (isDemo) await seed(programs, env);
}

async function migrate(programs, env) {
  const file = bundleOf("migrate");
  if (!file) throw new Failure("dist/migrate.mjs is missing. Delete the folder dist and start again.");
  await programs.runOnce("migrate", [file], env);
}

async function seed(programs, env) {
  const file = bundleOf("seed");
  if (file) await programs.runOnce("seed", [file], env);
}

function startBuiltWeb(programs, env, gate) {
  const file = bundleOf("web");
  if (!file) throw new Failure("dist/web.mjs is missing. Delete the folder dist and start again.");
  return programs.start("web", [file], env, { gate });
}

/** A program that the checkout does not have is left out, with a word. */
export async function startProgram(programs, name, env) {
  const file = bundleOf(name);
  if (file) return programs.start(name, [file], env);
  process.stdout.write(`(no ${name}: the checkout has no source for it)\n`);
}
