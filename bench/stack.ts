import { randomBytes } from "node:crypto";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { connect, type Database } from "@/db/client";
import * as schema from "@/db/schema";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { makeKey } from "@/lib/identity/server/api-keys";
import { newId } from "@/lib/kernel/ids";
import { nodeFlags } from "../scripts/lib/children.mjs";
import { benchDatabase } from "./database";

export type Stack = {
  port: number;
  databaseUrl: string;
  key: string;
  token: string;
  typeKey: string;
  db: Database;
  stop: () => Promise<void>;
};

/** The real programs (web and worker) on a database of their own, with one app whose every decision is reviewed. */
export async function startStack(): Promise<Stack> {
  const postgres = await benchDatabase("intake");
  const target = await startTarget();
  const port = await freePort();
  const secret = () => randomBytes(32).toString("base64");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: postgres.url,
    PORT: String(port),
    HOST: "127.0.0.1",
    COUNTERSIGN_MODE: "embedded",
    COUNTERSIGN_ORIGIN: `http://localhost:${port}`,
    COUNTERSIGN_DATA_DIR: postgres.dataDir,
    COUNTERSIGN_SESSION_SECRET: secret(),
    COUNTERSIGN_ENCRYPTION_KEY: secret(),
    COUNTERSIGN_KEY_PEPPER: secret(),
    COUNTERSIGN_AUDIT_SECRET: secret(),
    COUNTERSIGN_JOURNAL_KEY: secret(),
    COUNTERSIGN_ALLOWED_PRIVATE_HOSTS: `127.0.0.1:${target.port}`,
  };
  env.NEXTAUTH_SECRET = env.COUNTERSIGN_SESSION_SECRET;
  env.NEXTAUTH_URL = env.COUNTERSIGN_ORIGIN;
  process.env.COUNTERSIGN_KEY_PEPPER = env.COUNTERSIGN_KEY_PEPPER;
  const connection = connect(postgres.url, { max: 2 });
  const seeded = await seed(connection.db, `http://127.0.0.1:${target.port}`);
  const children = [await start("dist/web.mjs", env), await start("dist/worker.mjs", env)];
  const stop = async () => {
    for (const child of children) child.kill("SIGTERM");
    await Promise.all(
      children.filter((child) => child.exitCode === null).map((child) => once(child, "exit")),
    );
    await connection.close();
    target.close();
    await postgres.stop();
  };
  return { port, databaseUrl: postgres.url, db: connection.db, ...seeded, stop };
}

async function seed(db: Database, baseUrl: string) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { baseUrl });
  await db.update(schema.queues).set({ undoSeconds: 0 }).where(eq(schema.queues.id, desk.queue));
  const app = makeKey("app", false);
  const person = makeKey("personal", false);
  const row = { orgId: org.orgId, name: "bench", livemode: false };
  await db.insert(schema.apiKeys).values([
    {
      ...row,
      id: newId("apiKey"),
      kind: "app",
      appId: desk.app,
      prefix: app.prefix,
      secretHash: app.secretHash,
      scopes: ["decisions:write", "decisions:read"],
    },
    {
      ...row,
      id: newId("apiKey"),
      kind: "personal",
      userId: org.reviewer.actor.id,
      prefix: person.prefix,
      secretHash: person.secretHash,
      scopes: [],
    },
  ]);
  return { key: app.key, token: person.key, typeKey: desk.typeKey };
}

/** A target that acts at once and always succeeds: the cycle is measured, not the target. */
async function startTarget(): Promise<{ port: number; close: () => void }> {
  let made = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const body = JSON.stringify({ id: `re_${++made}`, status: "succeeded" });
      response.writeHead(200, {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(body),
      });
      response.end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => server.close().closeAllConnections() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function start(file: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(file, [], { env, execArgv: nodeFlags, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const failed = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`${file} ended with ${code} before it was ready`)),
  );
  await Promise.race([once(child, "message"), failed]);
  return child;
}
