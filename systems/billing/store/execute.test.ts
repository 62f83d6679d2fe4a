import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planRefund } from "../domain/plan-refund";
import { aDataDir } from "../testing";
import { createClaims } from "./claims";
import { startEmbeddedDynamo, type EmbeddedDynamo } from "./embedded-dynamo";
import { execute, type Store, type Write } from "./execute";
import { openFeed } from "./feed";
import { createLocks } from "./locks";
import { refundsByReference, transactionsOf } from "./read";
import { seedStore } from "./seed-store";
import { readHead, recoverPending } from "./settle";
import { openTable, type Table } from "./table";

let folder: Awaited<ReturnType<typeof aDataDir>>;
let dynamo: EmbeddedDynamo;
let table: Table;

beforeAll(async () => {
  folder = await aDataDir();
  dynamo = await startEmbeddedDynamo(folder.dataDir);
  table = await openTable(dynamo.target);
  await seedStore(table, 60);
}, 20_000);

afterAll(async () => {
  table.close();
  await dynamo.close();
  await folder.remove();
});

/** What one process would have: its own memory over a table it may share. */
async function aProcess(over: Table, sharing: "exclusive" | "shared"): Promise<Store> {
  return {
    table: over,
    feed: await openFeed(over),
    claims: createClaims(over, sharing),
    locks: createLocks(),
  };
}

function refundOf(number: string, key: string): Write {
  const request = { amount: 1, metadata: { action_key: key } };
  return {
    key,
    fingerprint: "same",
    requestId: "req_test",
    keySent: true,
    find: () => Promise.resolve(number),
    plan: (ledger, stamp) => {
      if (!ledger) throw new Error("the seed has this invoice");
      return planRefund(ledger, request, stamp);
    },
  };
}

/** A table whose nth operation, and all after it, fail, either before they happen or after. */
function failingAt(n: number, when: "before" | "after"): Table {
  let count = 0;
  const wrap = <A extends unknown[], R>(operation: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      count += 1;
      if (count > n || (count === n && when === "before")) throw new Error("the process died");
      const result = await operation(...args);
      if (count === n) throw new Error("the process died");
      return result;
    };
  };
  return {
    ...table,
    putIf: wrap(table.putIf),
    putMany: wrap(table.putMany),
    removeMany: wrap(table.removeMany),
  };
}

async function eventsOf(store: Store, key: string): Promise<number> {
  const items = await store.feed.read(0);
  return items.filter(({ event }) => event.request.idempotency_key === key).length;
}

describe("a process that dies anywhere in a write", () => {
  const points = [1, 2, 3, 4, 5, 6, 7].flatMap((n) => [[n, "before"] as const, [n, "after"] as const]);

  test.each(points)(
    "at write %i, %s it happens: the retry and the restart make it exactly once",
    async (n, when) => {
      const number = `INV-00${10 + n * 2 + (when === "after" ? 1 : 0)}`;
      const key = `dies-${n}-${when}`;
      const before = await readHead(table, number);
      const dying = await aProcess(failingAt(n, when), "exclusive");
      const answered = await execute(dying, refundOf(number, key)).then(
        ({ body }) => body,
        () => undefined,
      );
      const next = await aProcess(table, "exclusive");
      // Before any recovery, a look-up must already know what was committed.
      const known = await refundsByReference(table, key);
      if (answered) expect(known).toEqual([answered]);
      await recoverPending(table, next.feed, 0);
      const retried = await execute(next, refundOf(number, key));
      expect(retried.status).toBe(200);
      if (known.length > 0) expect(known).toEqual([retried.body]);
      const head = await readHead(table, number);
      expect(head?.pending).toEqual([]);
      expect(head?.ledger.invoice.amount_refunded).toBe((before?.ledger.invoice.amount_refunded ?? 0) + 1);
      expect(await refundsByReference(table, key)).toEqual([retried.body]);
      expect(await eventsOf(next, key)).toBe(1);
      expect(await table.query({ pk: "PENDING" })).toEqual([]);
    },
  );
});

describe("two processes on one table", () => {
  test("make a key's refund once, and overshoot no charge", async () => {
    const [a, b] = [await aProcess(table, "shared"), await aProcess(table, "shared")];
    const writes = Array.from({ length: 12 }, (_, index) => refundOf("INV-0050", `both-${index % 6}`));
    const results = await Promise.allSettled(writes.map((write, index) => execute(index % 2 ? a : b, write)));
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    const head = await readHead(table, "INV-0050");
    if (!head) throw new Error("the seed has this invoice");
    const refunds = (await transactionsOf(table, head)).filter(({ metadata }) => metadata.action_key);
    const keys = refunds.map(({ metadata }) => metadata.action_key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(await eventsOf(a, key ?? "")).toBe(1);
    const places = (await a.feed.read(0)).map(({ seq }) => seq);
    expect(places).toEqual(places.map((_, index) => index + 1));
  });

  test("a stalled executor cannot commit after its key was taken over", async () => {
    const [slow, fast] = [await aProcess(table, "shared"), await aProcess(table, "exclusive")];
    const write = refundOf("INV-0051", "stalled");
    let resume: () => void = () => undefined;
    const stalled = new Promise<void>((resolve) => (resume = resolve));
    let reached: () => void = () => undefined;
    const planned = new Promise<void>((resolve) => (reached = resolve));
    // Stops the slow one between its reads and its commit.
    const putMany = async (items: Parameters<Table["putMany"]>[0]) => {
      reached();
      await stalled;
      return table.putMany(items);
    };
    const late = execute({ ...slow, table: { ...table, putMany } }, write);
    await planned;
    // An exclusive process takes any other's claim for a dead one's.
    const taken = await execute(fast, write);
    resume();
    expect((await late).body).toEqual(taken.body);
    expect(await refundsByReference(table, "stalled")).toEqual([taken.body]);
  });
});
