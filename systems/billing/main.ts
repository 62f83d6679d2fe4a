import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { analyticsSink } from "./feed/analytics";
import { startConsumer, type Sink } from "./feed/consumer";
import { mailFileSink, smtpSink } from "./feed/mail";
import { createBillingServer } from "./http/server";
import { createClaims } from "./store/claims";
import { startEmbeddedDynamo } from "./store/embedded-dynamo";
import type { Store } from "./store/execute";
import { openFeed } from "./store/feed";
import { createLocks } from "./store/locks";
import { seedStore } from "./store/seed-store";
import { recoverPending } from "./store/settle";
import { openTable, type DynamoTarget, type Table } from "./store/table";

export type BillingOptions = {
  /** 0 takes a free port; the server listens on 127.0.0.1 only. */
  port: number;
  /** The embedded store, and the mail and analytics files unless they are named. */
  dataDir: string;
  apiKey: string;
  /** How many invoices to generate into an empty store. */
  seed?: number;
  /** A DynamoDB to use instead of the embedded one; `{}` is AWS by the environment. */
  dynamo?: DynamoTarget;
  mailFile?: string;
  smtpUrl?: string;
  analyticsFile?: string;
  /** Host names besides loopback under which the comment form may be sent. */
  allowedHosts?: string[];
  /** Waits so long before each API request is executed; for tests of impatient callers. */
  latencyMs?: number;
};

export type Billing = { url: string; close: () => Promise<void> };

const sweepMs = 30_000;
const inFlightMs = 60_000;

/** Starts the billing system; resolves once it serves. `close` lets running requests finish. */
export async function startBilling(options: BillingOptions): Promise<Billing> {
  if (!options.apiKey) throw new Error("the billing system needs an API key");
  const embedded = options.dynamo ? undefined : await startEmbeddedDynamo(join(options.dataDir, "dynamo"));
  // Undone last to first, at the end or when a later step of the start fails.
  const undo: (() => unknown)[] = [() => embedded?.close()];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const table = await openTable(options.dynamo ?? embedded?.target ?? {});
    undo.push(() => table.close());
    return { url: await serve(options, table, embedded ? "exclusive" : "shared", undo), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(
  options: BillingOptions,
  table: Table,
  sharing: "exclusive" | "shared",
  undo: (() => unknown)[],
): Promise<string> {
  const feed = await openFeed(table);
  const store: Store = { table, feed, claims: createClaims(table, sharing), locks: createLocks() };
  await seedStore(table, options.seed ?? 200);
  // Alone on the store, nothing can be in flight at a start.
  await recoverPending(table, feed, sharing === "exclusive" ? 0 : inFlightMs);
  for (const sink of await openSinks(options, table)) {
    const consumer = startConsumer(table, feed, sink);
    undo.push(() => consumer.close());
  }
  const sweeper = setInterval(() => void sweep(store), sweepMs);
  undo.push(() => clearInterval(sweeper));
  undo.push(() => store.locks.drain());
  const { apiKey, latencyMs = 0, allowedHosts = [] } = options;
  const server = createBillingServer({ store, apiKey, latencyMs, allowedHosts });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  undo.push(() => closeServer(server));
  const { port } = server.address() as AddressInfo; // a TCP server, once listening, has one
  return `http://127.0.0.1:${port}`;
}

async function openSinks({ dataDir, ...options }: BillingOptions, table: Table): Promise<Sink[]> {
  const mail = options.smtpUrl
    ? smtpSink(table, options.smtpUrl)
    : await mailFileSink(table, options.mailFile ?? join(dataDir, "outbox.eml"));
  return [mail, await analyticsSink(options.analyticsFile ?? join(dataDir, "analytics.jsonl"))];
}

async function sweep({ table, feed }: Store): Promise<void> {
  try {
    await recoverPending(table, feed, inFlightMs);
  } catch (error) {
    process.emitWarning(`billing: the sweep will run again: ${String(error)}`);
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), 5000);
  await closed;
  clearTimeout(impatience);
}
