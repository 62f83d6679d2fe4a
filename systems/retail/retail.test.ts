import { once } from "node:events";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRetail, type Retail } from "./main";
import { aShopFolder, apiKey, askRetail, bundleRetail, forkRetail } from "./testing";

let data: Awaited<ReturnType<typeof aShopFolder>>;
let bundle: Awaited<ReturnType<typeof bundleRetail>>;
const opened: { shop: Retail; storeDir: string }[] = [];

beforeAll(async () => {
  data = await aShopFolder();
  bundle = await bundleRetail();
});
afterAll(async () => {
  for (const { shop, storeDir } of opened) {
    await shop.close();
    await rm(storeDir, { recursive: true, force: true });
  }
  await data.remove();
  await bundle.remove();
});

async function aShop() {
  const storeDir = await mkdtemp(path.join(tmpdir(), "retail-store-"));
  const shop = await startRetail({ dataDir: data.dataDir, storeDir, port: 0, apiKey });
  opened.push({ shop, storeDir });
  const act = (name: string, given: object, reference = "ref-1") =>
    askRetail(shop.url, `/actions/${name}`, given, {
      authorization: `Bearer ${apiKey}`,
      "x-reference": reference,
    });
  const get = async (at: string) => (await askRetail(shop.url, at)).body;
  return { act, get, url: shop.url };
}
const order = (id: string) => `/orders/${encodeURIComponent(id)}`;
const lamp = { address1: "2 Hill", address2: "", city: "Oslo", state: "OS", country: "NO", zip: "0150" };

test("a cancelled order is refunded, a gift card at once, and says which fields changed", async () => {
  const { act, get } = await aShop();
  const { status, body } = await act("cancel_pending_order", { order_id: "#P1", reason: "no longer needed" });
  expect(status).toBe(200);
  expect(body.changes).toMatchObject({
    "orders/#P1": {
      status: { before: "pending", after: "cancelled" },
      cancel_reason: { before: null, after: "no longer needed" },
    },
    "users/ada_1": { payment_methods: { after: { gift_card_1: { balance: 25.2 } } } },
  });
  expect(await get(order("#P1"))).toMatchObject({ status: "cancelled", payment_history: [{}, {}] });
  expect(await get("/users/ada_1")).toMatchObject({ payment_methods: { gift_card_1: { balance: 25.2 } } });
});

test("items are swapped once, the difference paid; another method is charged and the first refunded", async () => {
  const { act, get } = await aShop();
  const swap = { order_id: "#P1", item_ids: ["i1"], new_item_ids: ["i2"], payment_method_id: "gift_card_1" };
  expect((await act("modify_pending_order_items", swap)).status).toBe(200);
  expect(await get(order("#P1"))).toMatchObject({
    status: "pending (item modified)",
    items: [{ item_id: "i2", price: 12.3 }, { item_id: "i1" }],
  });
  expect(await get("/users/ada_1")).toMatchObject({ payment_methods: { gift_card_1: { balance: 2.8 } } });
  const other = { order_id: "#P2", payment_method_id: "credit_card_1" };
  expect((await act("modify_pending_order_payment", other)).status).toBe(200);
  expect(await get(order("#P2"))).toMatchObject({
    status: "pending",
    payment_history: [{}, { payment_method_id: "credit_card_1" }, { transaction_type: "refund" }],
  });
});

test("a delivered order's exchange and return are only asked for", async () => {
  const first = await aShop();
  const swap = { order_id: "#D1", item_ids: ["i2"], new_item_ids: ["i3"], payment_method_id: "paypal_1" };
  expect((await first.act("exchange_delivered_order_items", swap)).status).toBe(200);
  expect(await first.get(order("#D1"))).toMatchObject({
    status: "exchange requested",
    exchange_price_difference: 86.7,
  });
  const second = await aShop();
  const back = { order_id: "#D1", item_ids: ["i2", "i1"], payment_method_id: "gift_card_1" };
  expect((await second.act("return_delivered_order_items", back)).status).toBe(200);
  expect(await second.get(order("#D1"))).toMatchObject({
    status: "return requested",
    return_items: ["i1", "i2"],
  });
});

describe("refuses, with a sentence, and changes nothing", () => {
  const swap = { order_id: "#P1", item_ids: ["i1"], new_item_ids: ["i2"], payment_method_id: "gift_card_1" };
  const items = "modify_pending_order_items";
  test.each<[string, string, object, number, string]>([
    ["an unknown order", "cancel_pending_order", { order_id: "#X", reason: "x" }, 404, "order not found"],
    ["another reason", "cancel_pending_order", { order_id: "#P1", reason: "bored" }, 422, "invalid reason"],
    [
      "a delivered order's cancellation",
      "cancel_pending_order",
      { order_id: "#D1", reason: "no longer needed" },
      422,
      "non-pending order cannot be cancelled",
    ],
    ["more of an item than there is", items, { ...swap, item_ids: ["i2"] }, 422, "i2 not found"],
    [
      "unequal lists",
      items,
      { ...swap, new_item_ids: [] },
      422,
      "the number of items to be exchanged should match",
    ],
    [
      "an item out of stock",
      items,
      { ...swap, new_item_ids: ["i4"] },
      422,
      "new item i4 not found or available",
    ],
    ["another's card", items, { ...swap, payment_method_id: "toString" }, 422, "payment method not found"],
    [
      "a gift card with too little",
      items,
      { ...swap, new_item_ids: ["i3"] },
      422,
      "insufficient gift card balance to pay for the new item",
    ],
    [
      "the same card",
      "modify_pending_order_payment",
      { order_id: "#P2", payment_method_id: "paypal_1" },
      422,
      "the new payment method should be different from the current one",
    ],
    [
      "a refund to another card",
      "return_delivered_order_items",
      { order_id: "#D1", item_ids: ["i1"], payment_method_id: "credit_card_1" },
      422,
      "payment method should be either the original payment method or a gift card",
    ],
    ["an unknown user", "modify_user_address", { user_id: "x", ...lamp }, 404, "user not found"],
    ["no address", "modify_pending_order_address", { order_id: "#P1" }, 400, "address1"],
    ["an unknown action", "give_away", {}, 404, "there is no action give_away"],
  ])("%s", async (_name, action, given, status, sentence) => {
    const { act, get } = await aShop();
    const before = [await get(order("#P1")), await get(order("#D1")), await get("/users/ada_1")];
    const refused = await act(action, given);
    expect(refused).toMatchObject({
      status,
      body: { error: { message: expect.stringContaining(sentence) } },
    });
    expect([await get(order("#P1")), await get(order("#D1")), await get("/users/ada_1")]).toEqual(before);
    expect((await get("/effects")).data).toEqual([]);
  });

  test("a stranger, a long reference, a body that is no object", async () => {
    const { act, url } = await aShop();
    expect((await askRetail(url, "/effects", undefined, {})).status).toBe(401);
    expect((await act("modify_user_address", { user_id: "ada_1", ...lamp }, "x".repeat(256))).status).toBe(
      400,
    );
    expect((await act("modify_user_address", [])).status).toBe(400);
    expect((await askRetail(url, "/orders/%E0%A4")).status).toBe(404);
  });
});

test("it does not dedupe: the same reference twice is two effects, found by reference and by page", async () => {
  const { act, get } = await aShop();
  for (let times = 0; times < 3; times++)
    await act("modify_user_address", { user_id: "ada_1", ...lamp }, "r");
  expect((await get("/effects?reference=r")).data).toHaveLength(3);
  expect((await get("/effects?reference=other")).data).toEqual([]);
  const page = await get("/effects?from=2020-01-01T00:00:00Z&to=4102444800&limit=2");
  expect(page).toMatchObject({ has_more: true, next: expect.stringMatching(/^eff_/) });
  const rest = await get(`/effects?from=1577836800&limit=2&starting_after=${String(page.next)}`);
  expect(rest).toMatchObject({ has_more: false, next: null, data: [{ reference: "r" }] });
  expect((await get("/effects?to=2020-01-01T00:00:00Z")).data).toEqual([]);
  expect(await get("/orders?limit=2&starting_after=%23P1")).toMatchObject({
    has_more: false,
    data: [{ id: "#P2", record: { order_id: "#P2" } }, { id: "#D1" }],
  });
  expect((await get("/nothing")).error).toMatchObject({ code: "not_found" });
});

/** What is answered to raw bytes, sent in pieces a moment apart. */
async function exchange(url: string, ...pieces: Uint8Array[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const closed = once(socket, "close");
  for (const piece of pieces) {
    socket.write(piece);
    await wait(50);
  }
  await closed;
  return text;
}

test("a character that comes in two pieces is one; an address that is none is not found", async () => {
  const { get, url } = await aShop();
  const body = Buffer.from(JSON.stringify({ user_id: "ada_1", ...lamp, city: "Tromsø" }));
  const head = (what: string) =>
    Buffer.from(
      `${what} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nAuthorization: Bearer ${apiKey}\r\n` +
        `Content-Length: ${what.startsWith("GET") ? 0 : body.length}\r\n\r\n`,
    );
  const cut = body.indexOf(0xc3) + 1; // between the two bytes of ø
  const action = head("POST /actions/modify_user_address");
  const done = await exchange(url, action, body.subarray(0, cut), body.subarray(cut));
  expect(done).toMatch(/^HTTP\/1\.1 200 /);
  expect(await get("/users/ada_1")).toMatchObject({ address: { city: "Tromsø" } });
  expect(await exchange(url, head("GET //"))).toMatch(/^HTTP\/1\.1 404 /);
});

test("what was answered survives kill -9 and a cut line; another folder's store is refused", async () => {
  const storeDir = await mkdtemp(path.join(tmpdir(), "retail-store-"));
  const start = () => forkRetail(bundle.file, { dataDir: data.dataDir, storeDir });
  let shop = await start();
  for (let round = 1; round <= 5; round++) {
    const done = await askRetail(shop.url, "/actions/modify_user_address", {
      user_id: "ada_1",
      ...lamp,
      zip: String(round),
    });
    expect(done.status).toBe(200);
    await shop.stop("SIGKILL");
    await appendFile(path.join(storeDir, "effects.jsonl"), '{"id":"eff_cut","chan');
    shop = await start();
    expect((await askRetail(shop.url, "/users/ada_1")).body).toMatchObject({
      address: { zip: String(round) },
    });
    expect((await askRetail(shop.url, "/effects")).body.data).toHaveLength(round);
  }
  await shop.stop();
  await appendFile(path.join(storeDir, "effects.jsonl"), '\n{"data":"of another"}\n');
  await expect(startRetail({ dataDir: data.dataDir, storeDir, port: 0, apiKey })).rejects.toThrow(
    "other data",
  );
  await rm(storeDir, { recursive: true, force: true });
}, 30_000);
