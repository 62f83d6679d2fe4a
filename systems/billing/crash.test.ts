import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aDataDir, apiKey, ask, dataOf } from "./testing";

// Inside the project, so that the bundle finds its packages.
const bundleDir = fileURLToPath(
  new URL(`../../node_modules/.cache/billing-${process.pid}/`, import.meta.url),
);
const bundle = join(bundleDir, "billing.mjs");
const kills = 20;
const invoices = ["INV-0001", "INV-0002", "INV-0003"];

let folder: Awaited<ReturnType<typeof aDataDir>>;
let child: ChildProcess | undefined;

beforeAll(async () => {
  folder = await aDataDir();
  const entry = fileURLToPath(new URL("./cli.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: bundle,
  });
});

afterAll(async () => {
  child?.kill("SIGKILL");
  await folder.remove();
  await rm(bundleDir, { recursive: true, force: true });
});

async function start(): Promise<string> {
  const env = {
    ...process.env,
    BILLING_PORT: "0",
    BILLING_DATA_DIR: folder.dataDir,
    BILLING_API_KEY: apiKey,
    BILLING_SEED_INVOICES: "3",
    NODE_COMPILE_CACHE: join(bundleDir, "compiled"),
  };
  child = fork(bundle, { env, execArgv: [] });
  const [message] = await once(child, "message");
  expect(message).toMatchObject({ ready: true });
  return (message as { url: string }).url; // what the command line program sends when it is up
}

async function stop(signal: NodeJS.Signals): Promise<unknown[]> {
  if (!child) throw new Error("nothing was started");
  const exited = once(child, "exit");
  child.kill(signal);
  return exited;
}

/** Asks for refunds of 1 until the process dies; a key that got no answer is either asked again or left unknown. */
function createCaller(name: string, acknowledged: Map<string, string>, unknown: Set<string>) {
  let count = 0;
  let again: string | undefined;
  return async (url: string): Promise<void> => {
    for (;;) {
      const key = again ?? `${name}-${++count}`;
      const invoice = invoices[key.length % invoices.length] ?? "";
      try {
        const form = { invoice, amount: "1", "metadata[action_key]": key };
        const { status, id } = await ask(url, "/v1/refunds", form, { "Idempotency-Key": key });
        expect(status).toBe(200);
        acknowledged.set(key, id);
        again = undefined;
      } catch (error) {
        if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
        again = count % 2 ? key : undefined;
        if (!again) unknown.add(key);
        return;
      }
    }
  };
}

async function refundsOf(url: string, invoice: string) {
  const all: Record<string, unknown>[] = [];
  for (let page = ""; ; page = `&starting_after=${String(all.at(-1)?.id)}`) {
    const answer = await ask(url, `/v1/refunds?limit=100&invoice=${invoice}${page}`);
    all.push(...dataOf(answer));
    if (!answer.body.has_more) return all;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const sum = (refunds: Record<string, unknown>[]) =>
  refunds.reduce((total, { amount }) => total + Number(amount), 0);

test(
  `${kills} kills under load lose no acknowledged refund and double none`,
  { timeout: 180_000 },
  async () => {
    const acknowledged = new Map<string, string>();
    const unknown = new Set<string>();
    const callers = ["a", "bb", "ccc"].map((name) => createCaller(name, acknowledged, unknown));
    for (let kill = 0; kill < kills; kill++) {
      const url = await start();
      const calling = callers.map((call) => call(url));
      const before = acknowledged.size;
      while (acknowledged.size === before) await pause(5);
      await pause((kill * 37) % 90);
      await stop("SIGKILL");
      await Promise.all(calling);
    }
    const url = await start();
    expect(acknowledged.size).toBeGreaterThan(kills);
    for (const invoice of invoices) {
      const refunds = await refundsOf(url, invoice);
      const made = sum(refunds);
      const [charge] = dataOf(await ask(url, `/v1/charges?invoice=${invoice}`));
      expect(charge?.amount_refunded).toBe(made);
      expect((await ask(url, `/v1/invoices/${invoice}`)).body.amount_refunded).toBe(made);
      const keys = refunds.map(({ metadata }) => (metadata as Record<string, string>).action_key); // a refund's metadata
      expect(new Set(keys).size).toBe(keys.length);
    }
    for (const key of [...acknowledged.keys(), ...unknown]) {
      const found = dataOf(await ask(url, `/v1/refunds?metadata[action_key]=${key}`));
      const ids = found.map(({ id }) => id);
      if (acknowledged.has(key)) expect({ key, ids }).toEqual({ key, ids: [acknowledged.get(key)] });
      else expect(ids.length).toBeLessThanOrEqual(1);
    }
    await expectFeedComplete(url, acknowledged);
    expect(await stop("SIGTERM")).toEqual([0, null]);
  },
);

async function expectFeedComplete(url: string, acknowledged: Map<string, string>): Promise<void> {
  const made = (await Promise.all(invoices.map((invoice) => refundsOf(url, invoice)))).flat();
  const ids = made.filter(({ metadata }) => "action_key" in Object(metadata)).map(({ id }) => String(id));
  const log = join(folder.dataDir, "analytics.jsonl");
  const logged = async () =>
    (await readFile(log, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { object: string });
  await expect.poll(async () => (await logged()).length, { timeout: 5000 }).toBe(ids.length);
  expect((await logged()).map(({ object }) => object).toSorted()).toEqual(ids.toSorted());
  const mail = await readFile(join(folder.dataDir, "outbox.eml"), "utf8");
  for (const id of acknowledged.values()) expect(mail.split(`Reference: ${id}\n`)).toHaveLength(2);
}

test("it ends when the process that started it is gone", { timeout: 20_000 }, async () => {
  await start();
  if (!child) throw new Error("nothing was started");
  const exited = once(child, "exit");
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});
