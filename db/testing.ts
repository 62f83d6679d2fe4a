import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { connect, type Database } from "./client";

/** Kept from file to file by a worker: the copy that is made while the file before runs its tests. */
let ahead: Promise<string> | undefined;

/**
 * A database of this test file's own: a copy of the migrated template, dropped when the file's tests end. Call it
 * once at the top of a `*.db.test.ts` file. `url` is a plain PostgreSQL address; `db` goes through the driver that
 * the run is about (COUNTERSIGN_TEST_DRIVER: pg or neon).
 */
export async function testDatabase(): Promise<{ db: Database; url: string }> {
  const server = inject("testServer");
  const name = await (ahead ?? copyOf(server));
  ahead = copyOf(server);
  // After the last file nobody waits for it, and it goes with its server.
  ahead.catch(() => undefined);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  useDriver(server.neonProxy);
  const { db, close } = connect(url.href);
  afterAll(async () => {
    await close();
    await asAdministrator(server.url, `drop database if exists ${name} with (force)`);
  });
  return { db, url: url.href };
}

async function copyOf({ url, template }: { url: string; template: string }): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdministrator(url, `create database ${name} template ${template}`);
  return name;
}

/** Every later connection of this test file goes the same way as `db`. */
function useDriver(neonProxy: string | null): void {
  process.env.COUNTERSIGN_DB_DRIVER = neonProxy ? "neon" : "pg";
  if (neonProxy) process.env.COUNTERSIGN_NEON_PROXY = neonProxy;
}

async function asAdministrator(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // What goes wrong is thrown by the statement; that the connection ends with its server is no second story.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
