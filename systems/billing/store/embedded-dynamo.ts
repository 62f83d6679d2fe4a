import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import type { DynamoTarget } from "./table";

export type EmbeddedDynamo = { target: DynamoTarget; close: () => Promise<void> };

/**
 * Starts DynamoDB's API in this process over a LevelDB folder, on a free loopback port. LevelDB's log is written before
 * each answer, so an answered write outlives kill -9 (the machine losing power is another matter: it is not fsynced).
 */
export async function startEmbeddedDynamo(path: string): Promise<EmbeddedDynamo> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await awaitFreeStore(path);
  const server = dynalite({ path, createTableMs: 0 });
  const accessKeyId = `local${randomBytes(12).toString("hex")}`;
  // dynalite checks no signature: without this, any program of this machine could write to the ledger.
  const [answer] = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (request.headers.authorization?.includes(`Credential=${accessKeyId}/`)) {
      answer?.call(server, request, response);
    } else {
      response.writeHead(403).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server, once listening, has one
  return {
    target: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "local",
      credentials: { accessKeyId, secretAccessKey: "unused" },
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeIdleConnections();
      }),
  };
}

type Level = { open: () => Promise<void>; close: () => Promise<void> };
type LevelPackage = { Level: new (path: string) => Level };

/** dynalite brings the whole process down when another one holds the folder: find that out first, and say so. */
async function awaitFreeStore(path: string): Promise<void> {
  const require = createRequire(createRequire(import.meta.url).resolve("dynalite"));
  const { Level } = require("level") as LevelPackage; // dynalite's own dependency, which ships no reachable types
  for (let attempt = 0; ; attempt++) {
    const store = new Level(path);
    try {
      await store.open();
      return await store.close();
    } catch (error) {
      // A process killed a moment ago may not have let go yet.
      if (attempt === 20) {
        throw new Error(`the store in ${path} is in use by another process, or cannot be opened`, {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
