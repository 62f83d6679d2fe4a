import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { Database } from "@/db/client";
import { Batcher, sharedLookUp } from "./batcher";

const options = { inFlight: 2, batch: 10, patienceMs: 5000, queue: 30 };

test("what arrives together shares flushes, and everyone gets their own answer", async () => {
  const sizes: number[] = [];
  const group = new Batcher<number, number>(async (items) => {
    sizes.push(items.length);
    await sleep(5);
    return items.map((item) => item * 2);
  }, options);
  const answers = await Promise.all(Array.from({ length: 25 }, (_, index) => group.submit(index)));
  expect(answers).toEqual(Array.from({ length: 25 }, (_, index) => index * 2));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
  expect(sizes.length).toBeLessThan(25);
});

test("a lone caller waits for nobody", async () => {
  const group = new Batcher<number, number>(async (items) => items, options);
  await expect(group.submit(7)).resolves.toBe(7);
});

test("no more flushes run at once than allowed", async () => {
  let running = 0;
  let most = 0;
  const group = new Batcher<number, number>(async (items) => {
    most = Math.max(most, ++running);
    await sleep(3);
    running -= 1;
    return items;
  }, options);
  await Promise.all(Array.from({ length: 30 }, (_, index) => group.submit(index)));
  expect(most).toBeLessThanOrEqual(2);
});

test("over the queue's bound a caller is told to come back, and nothing else breaks", async () => {
  const group = new Batcher<number, number>(async (items) => {
    await sleep(1);
    return items;
  }, options);
  const waiting = Array.from({ length: 30 }, (_, index) => group.submit(index));
  expect(() => group.submit(99)).toThrowError(expect.objectContaining({ code: "overloaded" }));
  await expect(Promise.all(waiting)).resolves.toHaveLength(30);
});

test("a flush that fails rejects those it carried, and the next one runs", async () => {
  let calls = 0;
  const group = new Batcher<number, number>(async (items) => {
    if (++calls === 1) throw new Error("disk");
    return items;
  }, options);
  await expect(group.submit(1)).rejects.toThrow("disk");
  await expect(group.submit(2)).resolves.toBe(2);
});

test("a flush that hangs holds nobody else up", async () => {
  let calls = 0;
  const group = new Batcher<number, number>(
    (items) => (++calls === 1 ? new Promise(() => {}) : Promise.resolve(items)),
    { ...options, inFlight: 1, patienceMs: 10 },
  );
  void group.submit(1);
  await vi.waitFor(() => expect(calls).toBe(1));
  await expect(group.submit(2)).resolves.toBe(2);
});

test("look-ups made while one is under way share the next, and each database has its own", async () => {
  const asked: { db: Database; keys: number[] }[] = [];
  const gate = Promise.withResolvers<void>();
  const squareOf = sharedLookUp<number, number>(async (db, keys) => {
    asked.push({ db, keys });
    await gate.promise;
    return keys.map((key) => (key < 0 ? null : key * key));
  });
  const [one, other] = [{} as Database, {} as Database];
  const first = squareOf(one, 1);
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  const rest = [squareOf(one, 2), squareOf(one, 2), squareOf(one, -1), squareOf(other, 3)];
  gate.resolve();
  expect(await Promise.all([first, ...rest])).toEqual([1, 4, 4, null, 9]);
  const keysOf = (whose: Database) => asked.filter(({ db }) => db === whose).map(({ keys }) => keys);
  expect([keysOf(one), keysOf(other)]).toEqual([[[1], [2, 2, -1]], [[3]]]);
});

test("a key that the database refuses fails whoever asked for it, and nobody else", async () => {
  const refused = Object.assign(new Error("invalid byte sequence"), { code: "22021" });
  const found = sharedLookUp<string, string>(async (_, keys) => {
    await sleep(1);
    if (keys.includes("bad")) throw refused;
    return keys.map((key) => (key === "none" ? null : key.toUpperCase()));
  });
  const db = {} as Database;
  const answers = await Promise.allSettled(["a", "bad", "none", "b"].map((key) => found(db, key)));
  expect(answers).toEqual([
    { status: "fulfilled", value: "A" },
    { status: "rejected", reason: refused },
    { status: "fulfilled", value: null },
    { status: "fulfilled", value: "B" },
  ]);
});
