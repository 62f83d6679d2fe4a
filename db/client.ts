import { neonConfig, Pool as NeonPool, types as neonTypes } from "@neondatabase/serverless";
import { drizzle as drizzleNeon } from "drizzle-orm/neon-serverless";
import { drizzle as drizzlePg } from "drizzle-orm/node-postgres";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import pg from "pg";
import { quietQueryErrors } from "./quiet-errors";
import * as schema from "./schema";

/** The database or a transaction in it; the two drivers behind it look alike from here. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

export type Connection = { db: Database; pool: pg.Pool | NeonPool; close: () => Promise<void> };

// Money and counters arrive as bigint text; all of ours fit a JS number and the edge refuses larger ones.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
neonTypes.setTypeParser(pg.types.builtins.INT8, Number);
quietQueryErrors();

/** True for an address that Neon's WebSocket driver serves; COUNTERSIGN_DB_DRIVER overrides it for tests. */
export function usesNeon(url: string, driver = process.env.COUNTERSIGN_DB_DRIVER): boolean {
  if (driver === "neon" || driver === "pg") return driver === "neon";
  return new URL(url).hostname.endsWith(".neon.tech");
}

const limits = {
  connectionTimeoutMillis: 5000,
  statement_timeout: 15_000,
  lock_timeout: 5000,
  idle_in_transaction_session_timeout: 15_000,
};

/**
 * Behind a pooler in transaction mode: it refuses a connection that asks for limits of its own, so none are asked for
 * and the wait for an answer is bounded here.
 */
const limitsBehindPooler = {
  connectionTimeoutMillis: limits.connectionTimeoutMillis,
  query_timeout: limits.statement_timeout + limits.lock_timeout,
};

/**
 * Opens a pool on a PostgreSQL 15+ address through node-postgres, or Neon's serverless driver for a Neon host.
 * The caller closes it.
 */
export function connect(url: string, options: { max?: number } = {}): Connection {
  const max = options.max ?? Number(process.env.COUNTERSIGN_DB_POOL ?? 10);
  if (usesNeon(url)) {
    useLocalProxyForTests();
    const pool = new NeonPool({
      connectionString: url,
      max,
      connectionTimeoutMillis: limits.connectionTimeoutMillis,
    });
    pool.on("error", reportIdleError);
    pool.on("connect", (client: NodeJS.EventEmitter) => client.on("error", leaveToNextQuery));
    const db: unknown = drizzleNeon(pool, { schema, casing: "snake_case" });
    return { db: db as Database, pool, close: () => pool.end() };
  }
  const own = process.env.COUNTERSIGN_DB_PREPARE === "off" ? limitsBehindPooler : limits;
  const pool = new pg.Pool({ connectionString: url, max, ...own });
  pool.on("error", reportIdleError);
  pool.on("connect", (client) => client.on("error", leaveToNextQuery));
  const db: unknown = drizzlePg(pool, { schema, casing: "snake_case" });
  return { db: db as Database, pool, close: () => pool.end() };
}

// An idle connection that breaks is replaced by the pool; without a listener it would end the process.
function reportIdleError(error: Error): void {
  process.stderr.write(`database: an idle connection broke (${error.message}); the pool opens another\n`);
}

// A connection may break between two statements of a transaction, when no query of it is there to be rejected; the
// next one is. Without a listener of its own it would end the process.
function leaveToNextQuery(): void {}

/** Tests put a WebSocket proxy in front of a local Postgres (`host:port/v1`) in place of Neon's own. */
function useLocalProxyForTests(): void {
  const proxy = process.env.COUNTERSIGN_NEON_PROXY;
  if (!proxy) {
    neonConfig.webSocketConstructor ??= globalThis.WebSocket;
    return;
  }
  neonConfig.wsProxy = proxy;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  neonConfig.pipelineConnect = false;
  neonConfig.webSocketConstructor ??= globalThis.WebSocket;
}

const shared = globalThis as { countersignConnection?: Connection };

/** This process's pool, opened at first use: `next build` evaluates modules and must not connect. */
export function database(): Database {
  shared.countersignConnection ??= connect(requireUrl());
  return shared.countersignConnection.db;
}

/** Closes this process's pool, if one was opened. */
export async function closeDatabase(): Promise<void> {
  await shared.countersignConnection?.close();
  shared.countersignConnection = undefined;
}

function requireUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Error(
      "DATABASE_URL is not set: start through `npm start`, or set it to a PostgreSQL 15+ address",
    );
  return url;
}
