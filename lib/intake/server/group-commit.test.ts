import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { GroupCommit } from "./group-commit";

const options = { inFlight: 2, batch: 10, queue: 30 };

test("what arrives together shares flushes, and everyone gets their own answer", async () => {
  const sizes: number[] = [];
  const group = new GroupCommit<number, number>(async (items) => {
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
  const group = new GroupCommit<number, number>(async (items) => items, options);
  await expect(group.submit(7)).resolves.toBe(7);
});

test("no more flushes run at once than allowed", async () => {
  let running = 0;
  let most = 0;
  const group = new GroupCommit<number, number>(async (items) => {
    most = Math.max(most, ++running);
    await sleep(3);
    running -= 1;
    return items;
  }, options);
  await Promise.all(Array.from({ length: 30 }, (_, index) => group.submit(index)));
  expect(most).toBeLessThanOrEqual(2);
});

test("over the queue's bound a caller is told to come back, and nothing else breaks", async () => {
  const group = new GroupCommit<number, number>(async (items) => {
    await sleep(1);
    return items;
  }, options);
  const waiting = Array.from({ length: 30 }, (_, index) => group.submit(index));
  expect(() => group.submit(99)).toThrowError(expect.objectContaining({ code: "overloaded" }));
  await expect(Promise.all(waiting)).resolves.toHaveLength(30);
});

test("a flush that fails rejects those it carried, and the next one runs", async () => {
  let calls = 0;
  const group = new GroupCommit<number, number>(async (items) => {
    if (++calls === 1) throw new Error("disk");
    return items;
  }, options);
  await expect(group.submit(1)).rejects.toThrow("disk");
  await expect(group.submit(2)).resolves.toBe(2);
});
