import { count, eq } from "drizzle-orm";
import { afterAll, describe, expect, test } from "vitest";
import { apiKeys, decisions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { makeKey } from "@/lib/identity/server/api-keys";
import type { Problem } from "@/lib/server/problem";
import { aLeanServer, type Call } from "./testing";

const { db, url } = await testDatabase();
const { base, key, newKey, body, post, close } = await aLeanServer(db, url);
afterAll(close);
const stored = async () => (await db.select({ n: count() }).from(decisions))[0]?.n ?? 0;

test("a submission is answered 201 with its route, its place and a request id", async () => {
  const subject = { type: "order", id: "o-1", url: "https://shop.example/orders/1" };
  const { status, headers, body: decision } = await post(body({ subject }));
  expect(status).toBe(201);
  expect(decision).toMatchObject({
    object: "decision",
    subject,
    status: "in_review",
    route: { outcome: "review" },
    review: { status: "open" },
  });
  expect(decision.route.reasons[0].code).toBe("review_all");
  expect(headers.get("location")).toBe(`/api/v1/decisions/${decision.id}`);
  expect(headers.get("request-id")).toMatch(/^req_/);
  const read = await fetch(`${base}/api/v1/decisions/${decision.id}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  expect(await read.json()).toEqual(decision);
});

test("a repeated key answers the same decision and says so; another body is refused 422", async () => {
  const headers = { "Idempotency-Key": "once" };
  const first = await post(body(), { headers });
  const again = await post(body(), { headers });
  expect(again).toMatchObject({ status: 201, body: { id: first.body.id } });
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  const other = await post(body({ confidence: 0.1 }), { headers });
  expect(other).toMatchObject({
    status: 422,
    body: { code: "idempotency_key_reused", decision_id: first.body.id },
  });
});

test("Prefer: wait answers with the current state when nobody rules in time", async () => {
  const began = Date.now();
  const { body: decision } = await post(body(), { headers: { Prefer: "respond-async, wait=1" } });
  expect(decision.status).toBe("in_review");
  expect(Date.now() - began).toBeGreaterThanOrEqual(950);
});

test.each(["wait=1", "WAIT = 1", 'wait="1"', "wait=1; strict"])(
  "Prefer: %s waits, and says so",
  async (prefer) => {
    const began = Date.now();
    const { headers } = await post(body(), { headers: { Prefer: prefer } });
    expect(Date.now() - began).toBeGreaterThanOrEqual(950);
    expect(headers.get("preference-applied")).toBe("wait=1");
  },
);

test.each([5, "", null, "é", "x".repeat(256)])(
  "an item's idempotency_key of %j is refused there: left out, a retry would act twice",
  async (idempotency_key) => {
    const before = await stored();
    const at = "/api/v1/decisions/batch";
    const { body: batch } = await post([body({ idempotency_key }), body()], { at });
    expect(batch.data).toMatchObject([
      { status: 422, decision: null, error: { code: "idempotency_key_invalid" } },
      { status: 201 },
    ]);
    expect(batch.data[0].error.errors).toMatchObject([{ pointer: "/idempotency_key" }]);
    expect(await stored()).toBe(before + 1);
  },
);

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const bad: [
  title: string,
  payload: () => string | Uint8Array<ArrayBuffer> | object,
  call: Call,
  status: number,
  code: string,
  pointer?: string,
][] = [
  ["malformed JSON", () => '{"type": ', {}, 400, "malformed_json"],
  ["an empty body", () => "", {}, 400, "malformed_json"],
  ["bytes that are not UTF-8", () => new Uint8Array([0x22, 0xff, 0xfe, 0x22]), {}, 400, "malformed_json"],
  [
    "NUL",
    () => JSON.stringify(body({ input: { message: "a\u0000b" } })),
    {},
    422,
    "validation_failed",
    "/input/message",
  ],
  [
    "a lone surrogate",
    () => '{"type":"x","input":{"message":"\\ud800"},"proposal":{"arguments":{}}}',
    {},
    422,
    "validation_failed",
    "/input/message",
  ],
  [
    "a body over the limit",
    () => JSON.stringify(body({ input: { message: "x".repeat(300_000) } })),
    {},
    413,
    "body_too_large",
  ],
  ["20,000 levels", () => deep(20_000), {}, 422, "body_too_deep"],
  [
    "20,000 levels inside the input",
    () => `{"type":"x","input":${deep(20_000)},"proposal":{"arguments":{}}}`,
    {},
    422,
    "body_too_deep",
  ],
  ["text/plain", () => body(), { headers: { "Content-Type": "text/plain" } }, 415, "unsupported_media_type"],
  [
    "a compressed body",
    () => body(),
    { headers: { "Content-Encoding": "br" } },
    415,
    "unsupported_media_type",
  ],
  [
    "a year that no database keeps",
    () => body({ expires_at: "0000-01-01T00:00:00Z" }),
    {},
    422,
    "validation_failed",
    "/expires_at",
  ],
  [
    "a subject's address that is no page",
    () => body({ subject: { type: "order", id: "1", url: "javascript:alert(1)" } }),
    {},
    422,
    "validation_failed",
    "/subject/url",
  ],
  ["confidence 1.5", () => body({ confidence: 1.5 }), {}, 422, "validation_failed", "/confidence"],
  ['confidence "NaN"', () => body({ confidence: "NaN" }), {}, 422, "validation_failed", "/confidence"],
  [
    "a number beyond doubles",
    () => JSON.stringify(body()).replace("1800", "1e400"),
    {},
    422,
    "validation_failed",
    "/proposal/arguments/amount",
  ],
  [
    "an integer that would be rounded",
    () => JSON.stringify(body()).replace("1800", "9007199254740993"),
    {},
    422,
    "validation_failed",
    "/proposal/arguments/amount",
  ],
  ["an unknown type", () => body({ type: "no.such" }), {}, 422, "unknown_decision_type", "/type"],
  ["an unknown field", () => body({ confidnce: 1 }), {}, 422, "validation_failed", "/confidnce"],
  [
    "__proto__",
    () => JSON.stringify(body()).replace('"input"', '"__proto__":{"a":1},"input"'),
    {},
    422,
    "validation_failed",
  ],
  [
    "input against its schema",
    () => body({ input: { message: 7 } }),
    {},
    422,
    "validation_failed",
    "/input/message",
  ],
  [
    "arguments against their schema",
    () => body({ proposal: { arguments: { invoice: "I", amount: 0, currency: "EUR" } } }),
    {},
    422,
    "validation_failed",
    "/proposal/arguments/amount",
  ],
  ["an array", () => [body()], {}, 422, "validation_failed"],
  [
    "a key that is no header value of ours",
    () => body(),
    { headers: { "Idempotency-Key": "x".repeat(256) } },
    422,
    "idempotency_key_invalid",
  ],
  ["no key", () => body(), { auth: null }, 401, "unauthenticated"],
  ["a made-up key", () => body(), { auth: "sk_test_abc" }, 401, "unauthenticated"],
  [
    "a made-up key with a broken body says nothing of the body",
    () => "{",
    { auth: "sk_test_abc" },
    401,
    "unauthenticated",
  ],
  [
    "a well-formed key that nobody has",
    () => "{",
    { auth: makeKey("app", false).key },
    401,
    "unauthenticated",
  ],
];
test.each(bad)(
  "refuses %s clearly and stores nothing",
  async (_title, payload, call, status, code, pointer) => {
    const before = await stored();
    const answer = await post(payload(), call);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    if (pointer !== undefined) expect((answer.body as Problem).errors[0]?.pointer).toBe(pointer);
    expect(await stored()).toBe(before);
  },
);

test("a key without the scope is refused 403", async () => {
  const readOnly = await newKey(["decisions:read"]);
  expect(await post(body(), { auth: readOnly.key })).toMatchObject({
    status: 403,
    body: { code: "forbidden" },
  });
});

test("a 50 MB body is refused before it is read, and the connection's next caller is served", async () => {
  const huge = new Uint8Array(50 * 1024 * 1024).fill(0x20);
  const answer = await post(huge).catch(() => undefined); // the socket may close under a client that goes on writing
  if (answer) expect(answer.status).toBe(413);
  expect((await post(body())).status).toBe(201);
});

test("a revoked key is refused from the next request on", async () => {
  const made = await newKey(["decisions:write"]);
  expect((await post(body(), { auth: made.key })).status).toBe(201);
  await db.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, made.id));
  expect((await post(body(), { auth: made.key })).status).toBe(401);
});

describe("a batch", () => {
  const at = "/api/v1/decisions/batch";
  test("answers every item in order, good and bad, as JSON, as an array and as NDJSON", async () => {
    const items = [body(), body({ confidence: 2 }), body({ type: "no.such" }), body({ external_id: "b-1" })];
    const asNdjson = `${items.map((item) => JSON.stringify(item)).join("\n")}\n{"broken": \n`;
    const answers = [
      await post({ decisions: items }, { at }),
      await post(items, { at }),
      await post(asNdjson, { at, headers: { "Content-Type": "application/x-ndjson" } }),
    ];
    for (const { status, body: answer } of answers) {
      expect(status).toBe(200);
      expect(answer.data.slice(0, 4).map((item: { status: number }) => item.status)).toEqual([
        201, 422, 422, 201,
      ]);
      expect(answer.data[2].error.code).toBe("unknown_decision_type");
    }
    expect(answers[2]?.body.data[4]).toMatchObject({
      index: 4,
      status: 400,
      error: { code: "malformed_json" },
    });
    const ids = new Set(answers.map(({ body: answer }) => answer.data[3].decision.id));
    expect(ids.size).toBe(1); // the same external id, three times
    expect(answers[1]?.body.data[3].replayed).toBe(true);
  });

  test("1,000 are taken in one go, 1,001 are refused whole", async () => {
    const many = Array.from({ length: 1000 }, (_, index) => body({ external_id: `many-${index}` }));
    const { body: answer } = await post({ decisions: many }, { at });
    expect(answer.data.every((item: { status: number }) => item.status === 201)).toBe(true);
    const before = await stored();
    expect(await post({ decisions: [...many, body()] }, { at })).toMatchObject({
      status: 413,
      body: { code: "body_too_large" },
    });
    expect(await stored()).toBe(before);
  });
});
