import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres, stopPostgres } from "../scripts/lib/embedded-postgres.mjs";
import { isAlive } from "../scripts/lib/processes.mjs";
import { migrateDatabase } from "./migrate";
import { startNeonProxy } from "./testing-neon-proxy";

declare module "vitest" {
  interface ProvidedContext {
    /** The server of this run: an administrator's URL, the migrated template's name, Neon's stand-in if asked for. */
    testServer: { url: string; template: string; neonProxy: string | null };
  }
}

const prefix = "countersign-test-";

/** What is gone when the run is over waits for no disk. Only a machine that fails would tell the difference. */
const passing = { fsync: "off", full_page_writes: "off" };

/** One PostgreSQL with one migrated template database for the whole run; gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned();
  const dataDir = mkdtempSync(path.join(tmpdir(), prefix));
  chmodSync(dataDir, 0o711); // Under root the server runs as another user, who passes through it.
  writeFileSync(path.join(dataDir, "owner"), String(process.pid));
  const password = randomBytes(12).toString("hex");
  const server = await startPostgres({ dataDir, password, database: "postgres", settings: passing });
  await easeSignIn(server.url, password);
  const viaNeon = process.env.COUNTERSIGN_TEST_DRIVER === "neon";
  const proxy = viaNeon ? await startNeonProxy({ host: "127.0.0.1", port: server.port }) : null;
  const template = await migrateTemplate(server.url);
  project.provide("testServer", { url: server.url, template, neonProxy: proxy?.address ?? null });
  return async () => {
    proxy?.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/**
 * One round of hashing where 4,096 are usual: a test file opens many connections, a failed statement costs its own, and
 * Neon's driver hashes in JavaScript (a tenth of a second each).
 */
async function easeSignIn(serverUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`set scram_iterations = 1; alter role current_user password '${password}'`);
  await client.end();
}

async function migrateTemplate(serverUrl: string): Promise<string> {
  const template = `template_${hashOfMigrations()}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${template}`;
  await migrateDatabase(url.href);
  return template;
}

function hashOfMigrations(): string {
  const folder = path.join(import.meta.dirname, "migrations");
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).toSorted()) {
    if (name.endsWith(".sql")) hash.update(name).update(readFileSync(path.join(folder, name)));
  }
  return hash.digest("hex").slice(0, 12);
}

/** A run that was killed could not stop its server: the next run does. */
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const dataDir = path.join(tmpdir(), name);
    const owner = path.join(dataDir, "owner");
    if (!name.startsWith(prefix) || !existsSync(owner) || isAlive(Number(readFileSync(owner, "utf8"))))
      continue;
    await stopPostgres(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
