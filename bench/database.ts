import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase } from "@/db/migrate";
import { startPostgres } from "../scripts/lib/embedded-postgres.mjs";

export type BenchDatabase = {
  url: string;
  /** Of the server's first process. */
  pid: number;
  dataDir: string;
  password: string;
  stop: () => Promise<void>;
};

/**
 * A migrated database for one bench, as durable as the product's own, on a server of its own; gone when it is stopped.
 * With `kept` it is made in that folder and stays there, and a later run with its password takes it up again.
 */
export async function benchDatabase(
  name: string,
  kept?: { folder: string; password?: string },
): Promise<BenchDatabase> {
  const dataDir = kept?.folder ?? mkdtempSync(path.join(tmpdir(), `countersign-${name}-`));
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711); // Under root the server runs as another user, who passes through it.
  const password = kept?.password ?? randomBytes(12).toString("hex");
  const server = await startPostgres({ dataDir, password, database: name });
  const stop = async () => {
    await server.stop();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  };
  await migrateDatabase(server.url);
  return { url: server.url, pid: server.pid, dataDir, password, stop };
}
