import path from "node:path";
import { findPostgres } from "./embedded-postgres.mjs";
import { Failure } from "./failure.mjs";
import { readJson } from "./files.mjs";
import { embeddedSecrets, productionSecrets } from "./secrets.mjs";
import { dataDirOf, embeddedEnvironment, productionEnvironment } from "./settings.mjs";

/** The environment of a worker that joins: production's, or that of the `npm start` which serves from the data folder. */
export async function workerEnvironment(env) {
  const port = env.PORT || "3000";
  if (env.DATABASE_URL) return productionEnvironment({ env, secrets: productionSecrets(env), port });
  const dataDir = dataDirOf(env);
  const running = readJson(path.join(dataDir, "running.json"));
  if (!running || !running.url) throw nothingRuns(dataDir);
  const secrets = embeddedSecrets(dataDir);
  const databaseUrl = await findPostgres({ dataDir, password: secrets.databasePassword });
  if (!databaseUrl) throw nothingRuns(dataDir);
  const joined = { ...env, COUNTERSIGN_ORIGIN: running.url };
  return embeddedEnvironment({
    env: joined,
    databaseUrl,
    secrets,
    port,
    billingPort: running.billingPort,
    mailboxPort: running.mailboxPort,
    dataDir,
  });
}

const nothingRuns = (dataDir) =>
  new Failure(
    `No Countersign runs from ${dataDir}. Run \`npm start\` first, or set DATABASE_URL to the database this worker is for.`,
  );
