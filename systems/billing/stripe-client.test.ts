import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Billing } from "./main";
import { aBilling, aDataDir, apiKey } from "./testing";

let folder: Awaited<ReturnType<typeof aDataDir>>;
let billing: Billing;
let stripe: Stripe;

beforeAll(async () => {
  folder = await aDataDir();
  billing = await aBilling(folder.dataDir);
  stripe = clientWith(apiKey);
}, 20_000);
afterAll(async () => {
  await billing.close();
  await folder.remove();
});

function clientWith(key: string, more: object = {}): Stripe {
  const { hostname, port } = new URL(billing.url);
  return new Stripe(key, {
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
    ...more,
  });
}

/** What a call was refused with. */
async function refusal(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const answer = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (answer instanceof Stripe.errors.StripeError) return answer;
  throw new Error(`not refused by the client's own error: ${String(answer)}`);
}

/** A charge of its own, to be refunded. */
async function aCharge(amount = 5000) {
  const { data } = await stripe.customers.list({ limit: 1 });
  const customer = data[0]?.id ?? "";
  return stripe.charges.create({ customer, amount, currency: "eur", metadata: { order: "7" } });
}

describe("Stripe's own client", () => {
  test("charges a customer, and reads the charge back", async () => {
    const charge = await aCharge();
    expect(charge).toMatchObject({ object: "charge", amount: 5000, paid: true, metadata: { order: "7" } });
    expect(charge.lastResponse.requestId).toMatch(/^req_/);
    const read = await stripe.charges.retrieve(charge.id);
    expect({ ...read }).toEqual({ ...charge });
  });

  test("refunds in parts, and reads the refund, the charge and the invoice", async () => {
    const charge = await aCharge(900);
    const refund = await stripe.refunds.create({
      charge: charge.id,
      amount: 300,
      reason: "requested_by_customer",
      metadata: { action_key: "exec_1" },
    });
    expect(refund).toMatchObject({ object: "refund", amount: 300, charge: charge.id, status: "succeeded" });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ id: refund.id, amount: 300 });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 300, refunded: false });
    await stripe.refunds.create({ charge: charge.id });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 900, refunded: true });
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(2);
    const found = await stripe.rawRequest("GET", "/v1/refunds?metadata[action_key]=exec_1");
    expect(found).toMatchObject({ data: [{ id: refund.id }] });
  });

  test("repeats a key: one refund, and the second answer says that it is a replay", async () => {
    const charge = await aCharge();
    const again = () =>
      stripe.refunds.create({ charge: charge.id, amount: 100 }, { idempotencyKey: "client-once" });
    const [first, second] = [await again(), await again()];
    expect(second.id).toBe(first.id);
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(second.lastResponse.idempotencyKey).toBe("client-once");
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(1);
  });

  test("is told that a key was used for another request", async () => {
    const charge = await aCharge();
    const options = { idempotencyKey: "client-other" };
    await stripe.refunds.create({ charge: charge.id, amount: 100 }, options);
    const error = await refusal(stripe.refunds.create({ charge: charge.id, amount: 200 }, options));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error.statusCode).toBe(400);
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(1);
  });

  test("sends a key many times at once, with its own retries: one refund", async () => {
    const charge = await aCharge();
    const patient = clientWith(apiKey, { maxNetworkRetries: 5 });
    const sent = Array.from({ length: 6 }, () =>
      patient.refunds.create({ charge: charge.id, amount: 50 }, { idempotencyKey: "client-many" }),
    );
    const ids = new Set((await Promise.all(sent)).map(({ id }) => id));
    expect(ids.size).toBe(1);
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 50 });
  });
});

describe("a refusal is the client's own class of error", () => {
  test("a declined card: StripeCardError with its code, and the same again for the same key", async () => {
    const { data } = await stripe.customers.list({ limit: 1 });
    const body = {
      customer: data[0]?.id ?? "",
      amount: 100,
      currency: "eur",
      source: "tok_chargeDeclined",
    };
    const error = await refusal(stripe.charges.create(body, { idempotencyKey: "client-declined" }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ code: "card_declined", statusCode: 402, rawType: "card_error" });
    expect(error.requestId).toMatch(/^req_/);
    const again = await refusal(stripe.charges.create(body, { idempotencyKey: "client-declined" }));
    expect(again).toMatchObject({ code: "card_declined", message: error.message });
    expect(again.headers?.["idempotent-replayed"]).toBe("true");
  });

  test("what is no refund: StripeInvalidRequestError with Stripe's code and the parameter", async () => {
    const charge = await aCharge(100);
    const invalid = Stripe.errors.StripeInvalidRequestError;
    const tooMuch = await refusal(stripe.refunds.create({ charge: charge.id, amount: 101 }));
    expect(tooMuch).toBeInstanceOf(invalid);
    expect(tooMuch).toMatchObject({ statusCode: 400, param: "amount" });
    await stripe.refunds.create({ charge: charge.id });
    const twice = await refusal(stripe.refunds.create({ charge: charge.id }));
    expect(twice).toMatchObject({ code: "charge_already_refunded", rawType: "invalid_request_error" });
    const nobody = await refusal(stripe.refunds.create({ charge: "ch_nobody" }));
    expect(nobody).toBeInstanceOf(invalid);
    expect(nobody).toMatchObject({ statusCode: 404, code: "resource_missing", param: "charge" });
    expect(await refusal(stripe.refunds.retrieve("re_nobody"))).toMatchObject({ code: "resource_missing" });
    expect(await refusal(stripe.refunds.create({}))).toMatchObject({ code: "parameter_missing" });
    const negative = await refusal(stripe.refunds.create({ charge: charge.id, amount: -5 }));
    expect(negative).toMatchObject({ code: "parameter_invalid_integer", param: "amount" });
  });

  test("a wrong key: StripeAuthenticationError", async () => {
    const error = await refusal(clientWith("sk_test_wrong").charges.list());
    expect(error).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });
});

describe("lists", () => {
  test("page by themselves through everything once, newest first, and backwards as well", async () => {
    for (let made = 0; made < 5; made++) await aCharge(100 + made);
    const all: string[] = [];
    for await (const charge of stripe.charges.list({ limit: 3 })) all.push(charge.id);
    expect(all.length).toBeGreaterThan(20);
    expect(new Set(all).size).toBe(all.length);
    expect(await stripe.charges.list({ limit: 3 }).autoPagingToArray({ limit: 10 })).toHaveLength(10);
    const back: string[] = [];
    for await (const charge of stripe.charges.list({ limit: 4, ending_before: all.at(-1) }))
      back.push(charge.id);
    expect(back).toEqual(all.slice(0, -1).toReversed());
  });

  test("of a span of time, page by page", async () => {
    const charge = await aCharge(700);
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 70 });
    const since = { gte: refund.created };
    const found = await stripe.refunds.list({ created: since, limit: 1 }).autoPagingToArray({ limit: 100 });
    expect(found.map(({ id }) => id)).toContain(refund.id);
    expect(found.every(({ created }) => created >= refund.created)).toBe(true);
    expect((await stripe.refunds.list({ created: { gt: refund.created + 60 } })).data).toEqual([]);
    const before = { lt: charge.created };
    const older = await stripe.charges.list({ created: before, limit: 5 }).autoPagingToArray({ limit: 100 });
    expect(older.length).toBeGreaterThan(5);
    expect(older.every(({ created }) => created < charge.created)).toBe(true);
    const own = await stripe.refunds.list({ charge: charge.id, created: { lte: refund.created } });
    expect(own.data.map(({ id }) => id)).toEqual([refund.id]);
  });

  test("of customers, invoices with their lines, refunds of a charge, and events", async () => {
    const customers = await stripe.customers.list({ limit: 2 });
    expect(customers).toMatchObject({ object: "list", has_more: true, data: [{ object: "customer" }, {}] });
    expect(await stripe.customers.retrieve(customers.data[0]?.id ?? "")).toMatchObject({
      object: "customer",
    });
    const { data } = await stripe.invoices.list({ limit: 1 });
    const invoice = await stripe.invoices.retrieve(data[0]?.id ?? "");
    expect(invoice).toMatchObject({ object: "invoice", lines: { object: "list" } });
    const charge = await aCharge();
    for (let times = 0; times < 5; times++) await stripe.refunds.create({ charge: charge.id, amount: 10 });
    const refunds = await stripe.refunds
      .list({ charge: charge.id, limit: 2 })
      .autoPagingToArray({ limit: 50 });
    expect(refunds.map(({ amount }) => amount)).toEqual([10, 10, 10, 10, 10]);
    const newest = refunds[0]?.id ?? "";
    expect((await stripe.refunds.list({ charge: charge.id, ending_before: newest })).data).toEqual([]);
    const events = await stripe.events.list({ limit: 3 });
    expect(events.data[0]).toMatchObject({ object: "event", type: "refund.created" });
    const event = await stripe.events.retrieve(events.data[0]?.id ?? "");
    expect(event.data.object).toMatchObject({ id: newest });
    const both = { starting_after: newest, ending_before: newest };
    expect(await refusal(stripe.refunds.list(both))).toMatchObject({ param: "ending_before" });
    const later = await stripe.events.list({ ending_before: events.data[2]?.id });
    expect(later.data.map(({ id }) => id)).toEqual(events.data.slice(0, 2).map(({ id }) => id));
  });
});
