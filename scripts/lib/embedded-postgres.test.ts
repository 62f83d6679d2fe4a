import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPostgres, startPostgres, stopPostgres } from "./embedded-postgres.mjs";
import { isAlive, waitForExit } from "./processes.mjs";

const password = "p'a/s s";
let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "countersign-launcher-"));
  chmodSync(dataDir, 0o711); // Under root the server runs as another user, who passes through it.
});

afterEach(async () => {
  await stopPostgres(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows[0];
  } finally {
    await client.end();
  }
}

test("what was committed is there after a stop, a start, and a kill -9 of the server", async () => {
  const first = await startPostgres({ dataDir, password });
  await query(first.url, "create table kept as select 7 as n");
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await startPostgres({ dataDir, password });
  expect(await query(second.url, "update kept set n = 8 returning n")).toEqual({ n: 8 });
  process.kill(second.pid, "SIGKILL");
  await waitForExit(second.pid, 5_000);

  const third = await startPostgres({ dataDir, password });
  expect(await query(third.url, "select n from kept")).toEqual({ n: 8 });
}, 60_000);

test("a server left running is found, and stopped by whoever found it", async () => {
  expect(await findPostgres({ dataDir, password })).toBeUndefined();
  const left = await startPostgres({ dataDir, password });
  const found = await startPostgres({ dataDir, password });
  expect([left.adopted, found.adopted]).toEqual([false, true]);
  expect(found.pid).toBe(left.pid);
  expect(await findPostgres({ dataDir, password })).toBe(left.url);
  await found.stop();
  expect(isAlive(left.pid)).toBe(false);
}, 60_000);

test("only a local address and a password let one in, in UTF-8 and UTC, durably, and never as root", async () => {
  const { url, cluster } = await startPostgres({ dataDir, password });
  const named = (name: string) => `current_setting('${name}') as ${name}`;
  const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };
  const settings = [
    "listen_addresses",
    ...Object.keys(durable),
    "server_encoding",
    "password_encryption",
  ].map(named);
  expect(await query(url, `select ${settings.join(", ")}, current_setting('timezone') as zone`)).toEqual({
    listen_addresses: "127.0.0.1",
    ...durable,
    server_encoding: "UTF8",
    password_encryption: "scram-sha-256",
    zone: "UTC",
  });
  expect(statSync(cluster).uid).not.toBe(0);
  expect(statSync(cluster).mode & 0o777).toBe(0o700);
  await expect(startPostgres({ dataDir, password: "another" })).rejects.toThrow("does not take the password");
}, 60_000);
