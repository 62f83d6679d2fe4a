import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  chownSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.mjs";
import { readJson, writeJson } from "./files.mjs";
import { freePort } from "./ports.mjs";
import { postgresBinaries } from "./postgres-binaries.mjs";
import { canReach, databaseUser, makePrivate, reachableFolder } from "./postgres-place.mjs";
import { commandOf, isAlive, sleep, waitForExit } from "./processes.mjs";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Sized for a small machine that also runs the app. Durability is not traded: fsync stays on for whatever is kept. */
const usual = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  effective_cache_size: "4GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  wal_buffers: "16MB",
  min_wal_size: "256MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  // A database that fills from nothing is planned by its true size within seconds, not a minute.
  autovacuum_naptime: "5s",
  random_page_cost: "1.1",
  jit: "off",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  timezone: "UTC",
  log_timezone: "UTC",
};

const longestRecovery = 180_000;

const databaseUrl = (port, password, name) =>
  `postgres://countersign:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;

/**
 * Starts PostgreSQL over the cluster in `dataDir`/postgres, making it first when there is none. A
 * server that an earlier process left running over it is found and used.
 * @param {{ dataDir: string, password: string, database?: string, settings?: Record<string, string> }} options
 *   settings: in place of the usual ones, for a server that it starts
 * @returns {Promise<{ url: string, port: number, pid: number, cluster: string, adopted: boolean, stop(): Promise<void> }>}
 */
export async function startPostgres({ dataDir, password, database = "countersign", settings = {} }) {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const pointer = path.join(dataDir, "postgres.json");
  const known = readJson(pointer) || {};
  const cluster = clusterFolder(dataDir, known.cluster);
  const user = databaseUser(cluster);
  const native = postgresBinaries({ root: checkout, user });
  if (!existsSync(path.join(cluster, "PG_VERSION"))) initCluster({ native, cluster, user, password });

  const server =
    (await findServer(cluster)) ||
    (await launch({ native, cluster, user, dataDir, port: known.port, settings }));
  await ensureDatabase({ ...server, password, database, dataDir });
  writeJson(pointer, { cluster, port: server.port, pid: server.pid });
  const stop = () => stopServer(server.pid, cluster);
  return { url: databaseUrl(server.port, password, database), cluster, ...server, stop };
}

/**
 * The running server of a data folder, for a process that only joins it.
 * @returns {Promise<string | undefined>} its URL
 */
export async function findPostgres({ dataDir, password, database = "countersign" }) {
  const known = readJson(path.join(dataDir, "postgres.json"));
  const server = known && (await findServer(known.cluster));
  return server && databaseUrl(server.port, password, database);
}

/** Stops the server of a data folder that its owner left behind, if there is one. */
export async function stopPostgres(dataDir) {
  const known = readJson(path.join(dataDir, "postgres.json"));
  const server = known && (await findServer(known.cluster));
  if (server) await stopServer(server.pid, known.cluster);
}

/**
 * Where the cluster is: where it was made, else in the data folder, else outside a closed home. Only the data folder's
 * own pointer leads to one outside: a folder that was deleted must not come back to life with other secrets.
 */
function clusterFolder(dataDir, known) {
  const inside = path.resolve(dataDir, "postgres");
  if (existsSync(path.join(inside, "PG_VERSION"))) return inside;
  if (known && existsSync(path.join(known, "PG_VERSION"))) return known;
  const user = databaseUser(inside);
  if (canReach(dataDir, user)) return inside;
  return path.join(reachableFolder(dataDir, user), `postgres-${Date.now().toString(36)}`);
}

function initCluster({ native, cluster, user, password }) {
  const draft = `${cluster}.new`;
  const secret = `${cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  makePrivate(draft, user);
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(secret, user.uid, user.gid);
  const options = ["--username=countersign", "--auth=scram-sha-256", `--pwfile=${secret}`, "--encoding=UTF8"];
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const made = spawnSync(path.join(native, "bin", "initdb"), ["-D", draft, ...options, ...locale], {
    ...user,
    cwd: draft,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    encoding: "utf8",
  });
  rmSync(secret, { force: true });
  if (made.status !== 0) {
    const reason = String((made.error && made.error.message) || made.stderr).trim();
    throw new Failure(
      `The embedded database could not be made: ${reason}\nSet DATABASE_URL to use a PostgreSQL of your own.`,
    );
  }
  renameSync(draft, cluster);
}

/** The live server over this cluster, recovered and ready, or undefined. */
async function findServer(cluster) {
  const end = Date.now() + longestRecovery;
  while (Date.now() < end) {
    const found = readPidFile(cluster);
    if (!found || !isPostgres(found.pid)) return undefined;
    if (found.ready) return { port: found.port, pid: found.pid, adopted: true };
    await sleep(20);
  }
  throw new Failure(
    `A database server runs over ${cluster} but does not become ready. End it, then start again.`,
  );
}

const isPostgres = (pid) => isAlive(pid) && commandOf(pid).includes("postgres");

/** What the server says about itself; the port and the word "ready" are there only once it has come that far. */
function readPidFile(cluster) {
  const file = path.join(cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] || "").trim() === "ready" };
}

/** Launches a server; tries again while an earlier one's last processes still hold its memory, or the port was taken. */
async function launch(options) {
  const end = Date.now() + 20_000;
  for (;;) {
    const port = await freePort(options.port);
    const server = await launchOnce({ ...options, port });
    if (server) return server;
    const log = tail(logFile(options.dataDir));
    const passing = /still in use|another server might be running|could not bind|starting up/i.test(log);
    if (!passing || Date.now() > end) {
      throw new Failure(
        `The embedded database did not start. Its log ends:\n${log}\nThe whole log: ${logFile(options.dataDir)}`,
      );
    }
    await sleep(250);
  }
}

const logFile = (dataDir) => path.join(dataDir, "postgres.log");

async function launchOnce({ native, cluster, user, dataDir, port, settings }) {
  removeStalePidFile(cluster);
  rotate(logFile(dataDir));
  const log = openSync(logFile(dataDir), "a", 0o600);
  const flags = Object.entries({ ...usual, ...settings, port }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  // A group of its own: Ctrl-C at the terminal must not stop the database before its clients.
  const child = spawn(path.join(native, "bin", "postgres"), ["-D", cluster, ...flags], {
    ...user,
    cwd: cluster,
    env: { PATH: process.env.PATH, LC_ALL: "C" },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.once("error", () => (ended = true));
  child.once("exit", () => (ended = true));
  while (!ended) {
    // A file left by an earlier server says "ready" too: only the one with our child's pid counts.
    const found = readPidFile(cluster);
    if (found && found.pid === child.pid && found.ready) return { port, pid: child.pid, adopted: false };
    await sleep(15);
  }
  return undefined;
}

/** PostgreSQL takes any live process with the noted id for its predecessor, so a reused id would lock us out. */
function removeStalePidFile(cluster) {
  const found = readPidFile(cluster);
  if (found && !isPostgres(found.pid)) rmSync(path.join(cluster, "postmaster.pid"), { force: true });
}

async function ensureDatabase({ port, password, database, dataDir }) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: databaseUrl(port, password, "postgres") });
  try {
    await client.connect();
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } catch (error) {
    if (error.code !== "28P01") throw error;
    throw new Failure(
      `The database in ${dataDir} does not take the password in ${path.join(dataDir, "secrets.json")}. Put the secrets.json back that it was made with, or move ${dataDir} away to start afresh.`,
    );
  } finally {
    await client.end();
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stopServer(pid, cluster) {
  const isOurs = () => {
    const found = readPidFile(cluster);
    return found !== undefined && found.pid === pid && isPostgres(pid);
  };
  if (!isOurs()) return;
  process.kill(pid, "SIGINT");
  if (await waitForExit(pid, 15_000)) return;
  if (isOurs()) process.kill(pid, "SIGQUIT");
  await waitForExit(pid, 5_000);
}

function rotate(file) {
  if (existsSync(file) && statSync(file).size > 5_000_000) renameSync(file, `${file}.1`);
}

function tail(file) {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n") : "(empty)";
}
