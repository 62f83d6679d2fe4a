import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Billing } from "./main";
import { aBilling, aDataDir, apiKey, ask, dataOf } from "./testing";

let folder: Awaited<ReturnType<typeof aDataDir>>;
let billing: Billing;

beforeAll(async () => {
  folder = await aDataDir();
  billing = await aBilling(folder.dataDir);
}, 20_000);

afterAll(async () => {
  await billing.close();
  await folder.remove();
});

const get = (path: string) => ask(billing.url, path);
const post = (path: string, form: Record<string, string>, headers?: Record<string, string>) =>
  ask(billing.url, path, form, headers);
const raw = (body: BodyInit, type: string, path = "/v1/refunds") =>
  fetch(billing.url + path, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${apiKey}`, "content-type": type },
  });

async function chargeOf(invoice: string): Promise<{ id: string; amount: number }> {
  const [charge] = dataOf(await get(`/v1/charges?invoice=${invoice}`));
  return { id: String(charge?.id), amount: Number(charge?.amount) };
}

async function until(check: () => Promise<void>): Promise<void> {
  await expect.poll(() => check().then(() => "met", String), { timeout: 5000, interval: 30 }).toBe("met");
}

describe("a refund", () => {
  test("keeps metadata whatever its members are called", async () => {
    const { id: charge } = await chargeOf("INV-0019");
    const form = { charge, amount: "1", "metadata[constructor]": "a", "metadata[toString]": "b" };
    const { status, id } = await post("/v1/refunds", form);
    expect(status).toBe(200);
    const { metadata } = (await get(`/v1/refunds/${id}`)).body;
    expect(metadata).toEqual({ constructor: "a", toString: "b" });
  });

  test("shows on the charge, the invoice, its transactions, and by our reference", async () => {
    const charge = await chargeOf("INV-0001");
    const form = { charge: charge.id, amount: "150", "metadata[action_key]": "act-1", reason: "duplicate" };
    const { status, body, id } = await post("/v1/refunds", form);
    expect(status).toBe(200);
    expect(body).toMatchObject({ object: "refund", amount: 150, status: "succeeded", charge: charge.id });
    expect((await get(`/v1/charges/${charge.id}`)).body).toMatchObject({
      amount_refunded: 150,
      refunded: false,
    });
    expect((await get("/v1/invoices/INV-0001")).body).toMatchObject({ amount_refunded: 150 });
    expect(dataOf(await get("/v1/invoices/INV-0001/transactions"))[0]).toEqual(body);
    expect(dataOf(await get("/v1/refunds?metadata[action_key]=act-1"))).toEqual([body]);
    expect(dataOf(await get("/v1/refunds?metadata[action_key]=act-2"))).toEqual([]);
    expect((await get(`/v1/transactions/${id}`)).body).toEqual(body);
    expect((await get(`/v1/transactions/${String(body.balance_transaction)}`)).body).toEqual(body);
    expect(dataOf(await get("/v1/refunds?limit=1"))).toEqual([body]);
  });

  test("is made once for a key, and its replay says so", async () => {
    const form = { invoice: "INV-0002", amount: "10" };
    const headers = { "Idempotency-Key": "once" };
    const first = await post("/v1/refunds", form, headers);
    const again = await post("/v1/refunds", form, headers);
    expect(again.body).toEqual(first.body);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    const asJson = await raw(JSON.stringify({ invoice: "INV-0002", amount: 10 }), "application/json");
    expect(asJson.status).toBe(200);
    const other = await post("/v1/refunds", { ...form, amount: "11" }, headers);
    expect(other).toMatchObject({ status: 400, body: { error: { type: "idempotency_error" } } });
    expect((await get("/v1/invoices/INV-0002")).body.amount_refunded).toBe(20);
  });

  test("refused once is refused again under its key, even when it would now pass", async () => {
    const form = { charge: "ch_nobody" };
    const headers = { "Idempotency-Key": "refused" };
    const first = await post("/v1/refunds", form, headers);
    expect(first).toMatchObject({
      status: 404,
      body: { error: { code: "resource_missing", param: "charge" } },
    });
    const again = await post("/v1/refunds", form, headers);
    expect(again).toMatchObject({ status: 404, body: first.body });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });

  test("that failed validation leaves its key free", async () => {
    const headers = { "Idempotency-Key": "typo" };
    expect((await post("/v1/refunds", { invoice: "INV-0003", amount: "x" }, headers)).status).toBe(400);
    expect((await post("/v1/refunds", { invoice: "INV-0003", amount: "5" }, headers)).status).toBe(200);
  });

  test("of many at once never exceeds the charge", async () => {
    const charge = await chargeOf("INV-0006");
    const share = Math.ceil(charge.amount / 4);
    const many = Array.from({ length: 12 }, () =>
      post("/v1/refunds", { charge: charge.id, amount: String(share) }),
    );
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(Math.floor(charge.amount / share));
    const { body } = await get(`/v1/charges/${charge.id}`);
    expect(body.amount_refunded).toBeLessThanOrEqual(charge.amount);
    const last = await post("/v1/refunds", { charge: charge.id });
    expect([200, 400]).toContain(last.status);
    expect(await post("/v1/refunds", { charge: charge.id })).toMatchObject({
      status: 400,
      body: { error: { code: "charge_already_refunded" } },
    });
  });

  test("sent twice at once under one key is made once; the other is a conflict or the replay", async () => {
    const form = { invoice: "INV-0008", amount: "7" };
    const sent = Array.from({ length: 6 }, () => post("/v1/refunds", form, { "Idempotency-Key": "twice" }));
    const answers = await Promise.all(sent);
    const made = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.id));
    expect(made.size).toBe(1);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const refunds = dataOf(await get("/v1/refunds?invoice=INV-0008"));
    expect(refunds.filter(({ amount }) => amount === 7)).toHaveLength(1);
  });
});

describe("a charge", () => {
  test("pays an open invoice; a paid one is refused; a declined card is 402 and stays so", async () => {
    const declined = { invoice: "INV-0014", source: "tok_chargeDeclined" };
    const headers = { "Idempotency-Key": "declined" };
    const refusal = await post("/v1/charges", declined, headers);
    expect(refusal).toMatchObject({
      status: 402,
      body: { error: { type: "card_error", code: "card_declined" } },
    });
    expect((await post("/v1/charges", declined, headers)).headers.get("idempotent-replayed")).toBe("true");
    expect((await post("/v1/charges", { invoice: "INV-0014" })).status).toBe(200);
    expect((await get("/v1/invoices/INV-0014")).body).toMatchObject({ status: "paid", amount_remaining: 0 });
    expect((await post("/v1/charges", { invoice: "INV-0014" })).body).toMatchObject({
      error: { code: "invoice_already_paid" },
    });
  });

  test("to a customer makes an invoice of its own, once a key", async () => {
    const [customer] = dataOf(await get("/v1/customers?limit=1"));
    const form = { customer: String(customer?.id), amount: "1999", currency: "eur", description: "Workshop" };
    const headers = { "Idempotency-Key": "direct" };
    const { body } = await post("/v1/charges", form, headers);
    expect((await post("/v1/charges", form, headers)).body).toEqual(body);
    const invoice = await get(`/v1/invoices/${String(body.invoice)}`);
    expect(invoice.body).toMatchObject({ status: "paid", total: 1999, customer: customer?.id });
    expect((await get(`/v1/invoices/${invoice.id}`)).body).toEqual(invoice.body);
    expect((await post("/v1/refunds", { charge: String(body.id) })).status).toBe(200);
  });
});

test("a comment is kept and listed", async () => {
  const { body } = await post("/v1/invoices/INV-0004/comments", {
    text: "Called them.\nAll well.",
    author: "Ada",
  });
  expect(body).toMatchObject({ object: "comment", invoice: "INV-0004", author: "Ada" });
  expect(dataOf(await get("/v1/invoices/INV-0004/comments"))).toEqual([body]);
  expect((await get(`/v1/comments/${String(body.id)}`)).body).toEqual(body);
  expect((await post("/v1/invoices/INV-9999/comments", { text: "x" })).status).toBe(404);
});

test("lists page through everything once, newest first", async () => {
  const seen: string[] = [];
  let after = "";
  for (;;) {
    const page = await get(`/v1/charges?limit=7${after}`);
    seen.push(...dataOf(page).map(({ id }) => String(id)));
    if (!page.body.has_more) break;
    after = `&starting_after=${seen.at(-1)}`;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(20);
  expect(seen).toEqual(seen.toSorted((a, b) => (a < b ? 1 : -1)));
  expect((await get("/v1/charges?starting_after=ch_none")).status).toBe(404);
  expect((await get("/v1/charges?limit=0")).status).toBe(400);
});

test("each write is one event, and reaches the mail file and the analytics log once", async () => {
  const { body } = await post("/v1/refunds", { invoice: "INV-0009", amount: "3" });
  const events = dataOf(await get("/v1/events?limit=100"));
  const event = events[0];
  expect(event).toMatchObject({ object: "event", type: "refund.created", data: { object: body } });
  expect((await get(`/v1/events/${String(event?.id)}`)).body).toEqual(event);
  expect(dataOf(await get(`/v1/events?limit=2&starting_after=${String(event?.id)}`))).toEqual(
    events.slice(1, 3),
  );
  await until(async () => {
    const mail = await readFile(join(folder.dataDir, "outbox.eml"), "utf8");
    expect(mail.split(`Message-ID: <${String(event?.id)}@`)).toHaveLength(2);
    const log = (await readFile(join(folder.dataDir, "analytics.jsonl"), "utf8")).trim().split("\n");
    const ids = log.map((line) => (JSON.parse(line) as { id: string }).id); // written by the sink under test
    expect(ids).toEqual(events.map(({ id }) => id).toReversed());
  });
});

describe("bad input is a 4xx in JSON", () => {
  test.each<[string, BodyInit, string, number]>([
    ["malformed JSON", "{", "application/json", 400],
    ["a JSON array", "[]", "application/json", 400],
    ["deep nesting", "[".repeat(100_000), "application/json", 400],
    ["bytes that are not UTF-8", new Uint8Array([0xff, 0xfe]), "application/json", 400],
    ["a lone surrogate", '{"charge":"\\ud800"}', "application/json", 400],
    ["an amount beyond integers", '{"invoice":"INV-0001","amount":1e400}', "application/json", 400],
    ["a string amount in words", '{"invoice":"INV-0001","amount":"ten"}', "application/json", 400],
    ["a body over 256 KB", "a".repeat(300_000), "application/json", 413],
    ["an unknown type", "<a/>", "text/xml", 415],
  ])("%s", async (_name, body, type, status) => {
    const response = await raw(body, type);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { type: "invalid_request_error" } });
  });

  test.each([
    "/v1/invoices/%00",
    "/v1/invoices/%E0%A4",
    "/v1/charges/..%2F..",
    `/v1/refunds/${"x".repeat(3000)}`,
    "/v1/nothing",
  ])("GET %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("unknown parameters, in the query too", async () => {
    expect((await get("/v1/invoices?colour=red")).body).toMatchObject({
      error: { code: "parameter_unknown" },
    });
    expect((await get("/v1/invoices/INV-0001?x=1")).status).toBe(400);
    expect((await get("/v1/refunds?metadata[other]=1")).status).toBe(400);
  });
});

test("the key is asked for, as Bearer or as Basic user", async () => {
  const status = async (authorization: string) =>
    (await fetch(`${billing.url}/v1/invoices?limit=1`, { headers: { authorization } })).status;
  expect(await status(`Bearer ${apiKey}`)).toBe(200);
  expect(await status(`Basic ${btoa(`${apiKey}:`)}`)).toBe(200);
  expect(await status("Bearer wrong")).toBe(401);
  expect((await fetch(`${billing.url}/v1/refunds`, { method: "POST" })).status).toBe(401);
});
