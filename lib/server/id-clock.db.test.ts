import { afterEach, expect, test, vi } from "vitest";
import { testDatabase } from "@/db/testing";
import { firstIdOf, newId, setIdClock } from "@/lib/kernel/ids";
import { followDatabase } from "./id-clock";

const { db } = await testDatabase();
afterEach(() => {
  vi.restoreAllMocks();
  setIdClock(0);
});

const now = Date.now.bind(Date);

/** This machine's clock, so many milliseconds ahead of the database's. */
function clockAhead(ms: number): void {
  vi.spyOn(Date, "now").mockImplementation(() => now() + ms);
}

/** Whether an id was made at a moment, give or take a little. */
const isOf = (id: string, at: number) =>
  id >= firstIdOf("decision", at - 300) && id < firstIdOf("decision", at + 300);

test.each([
  ["five minutes behind", -300_000],
  ["seven minutes ahead", 420_000],
])("a machine whose clock is %s makes ids by the database's", async (_, ms) => {
  clockAhead(ms);
  await followDatabase(db);
  expect(isOf(newId("decision"), now())).toBe(true);
});

test("a clock that agrees within a second is its own", async () => {
  clockAhead(700);
  await followDatabase(db);
  expect(isOf(newId("decision"), now() + 700)).toBe(true);
});

test("while the database cannot be asked, what was known of it stays", async () => {
  clockAhead(-300_000);
  await followDatabase(db);
  const away = { execute: () => Promise.reject(new Error("connection terminated")) } as unknown as typeof db;
  await followDatabase(away);
  vi.restoreAllMocks();
  clockAhead(-298_000);
  expect(isOf(newId("decision"), now() + 2000)).toBe(true);
});
