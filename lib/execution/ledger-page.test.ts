import { describe, expect, test } from "vitest";
import { Ledger } from "@/lib/apps/schema";
import type { JsonObject, JsonValue } from "@/lib/kernel/json";
import { firstLedgerPath, LedgerError, readLedgerPage } from "./ledger-page";

const stripe = Ledger.parse({
  path: "/v1/refunds?limit=100",
  time_format: "unix",
  items_pointer: "/data",
  key_pointer: "/metadata/action_key",
  reference_pointer: "/id",
  amount_pointer: "/amount",
  time_pointer: "/created",
  next: { by: "last_item", parameter: "starting_after", pointer: "/id", has_more_pointer: "/has_more" },
});
const stretch = { fromMs: 1_000_000, toMs: 2_000_000 };
const timeOf = (value: JsonValue) => (typeof value === "number" ? value * 1000 : null);
const read = (ledger: Ledger, body: JsonValue, path = ledger.path) =>
  readLedgerPage(ledger, body, { path, first: ledger.path, stretch, timeOf });
const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString().replace(".000", "");
const item = (id: string, created: number, key: string | null = `exec_${id}`): JsonObject => ({
  id,
  created,
  amount: 500,
  metadata: key === null ? {} : { action_key: key },
});

test("a stretch of time is asked for in whole seconds, outwards", () => {
  const ledger = Ledger.parse({ ...stripe, path: "/l?a={from}&b={to}", time_format: "rfc3339" });
  expect(firstLedgerPath(ledger, { fromMs: 1999, toMs: 2001 }, isoOf)).toBe(
    "/l?a=1970-01-01T00%3A00%3A01Z&b=1970-01-01T00%3A00%3A03Z",
  );
  expect(firstLedgerPath({ ...ledger, time_format: "unix" }, { fromMs: 1999, toMs: 2001 }, isoOf)).toBe(
    "/l?a=1&b=3",
  );
});

describe("a page in Stripe's manner", () => {
  test("entries with their keys; what bears none is counted; the next one is asked for", () => {
    const page = read(stripe, { data: [item("re_2", 1500), item("re_1", 1400, null)], has_more: true });
    expect(page).toEqual({
      entries: [{ key: "exec_re_2", reference: "re_2", amount: 500 }],
      foreign: 1,
      next: "/v1/refunds?limit=100&starting_after=re_1",
    });
    expect(read(stripe, { data: [item("re_2", 1500)], has_more: false }).next).toBeNull();
  });
  test("a page that says there is more and not where, or does not say, is no page", () => {
    const nameless = { ...item("re_2", 1500), id: null };
    const bodies: JsonObject[] = [
      { data: [nameless], has_more: true },
      { data: [item("re_2", 1500)] },
      { data: [item("re_2", 1500)], has_more: "yes" },
    ];
    for (const body of bodies) expect(() => read(stripe, body)).toThrow(LedgerError);
    expect(read(stripe, { data: [], has_more: false }).next).toBeNull();
  });
  test("newest first it is read no further than the beginning of the time, which is left out", () => {
    const page = read(stripe, { data: [item("a", 2500), item("b", 1500), item("c", 900)], has_more: true });
    expect(page.entries.map(({ key }) => key)).toEqual(["exec_b"]);
    expect(page.next).toBeNull();
  });
  test("in another order, or without times, it is read to its end", () => {
    expect(read(stripe, { data: [item("a", 900), item("b", 1500)], has_more: true }).next).not.toBeNull();
    const timeless = read({ ...stripe, time_pointer: null }, { data: [item("a", 1)], has_more: true });
    expect(timeless).toMatchObject({ entries: [{ key: "exec_a" }], next: expect.stringContaining("=a") });
  });
});

test("pages by cursor and by address", () => {
  const cursor = Ledger.parse({
    ...stripe,
    path: "/l",
    next: { by: "cursor", parameter: "c", pointer: "/next" },
  });
  expect(read(cursor, { data: [item("a", 1500)], next: "x {y}&z" }).next).toBe("/l?c=x%20%7By%7D%26z");
  expect(read(cursor, { data: [item("a", 1500)], next: null }).next).toBeNull();
  const address = Ledger.parse({ ...stripe, path: "/l", next: { by: "url", pointer: "/next" } });
  expect(read(address, { data: [item("a", 1500)], next: "/l?page=2" }).next).toBe("/l?page=2");
  expect(read(address, { data: [item("a", 1500)], next: "/l" }).next).toBeNull();
});

test.each<[string, JsonValue]>([
  ["nothing at the pointer", { error: "no" }],
  ["an object instead of a list", { data: {} }],
  ["null", { data: null }],
])("an answer that is no list is an error, not an empty ledger: %s", (_what, body) => {
  expect(() => read(stripe, body)).toThrow(LedgerError);
});
