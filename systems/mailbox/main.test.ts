import { appendFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { startMailbox } from "./main";

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function aMailbox(dataDir = mkdtempSync(path.join(tmpdir(), "mailbox-"))) {
  const mailbox = await startMailbox({ port: 0, dataDir, apiKey: "secret" });
  open.push(mailbox);
  const call = async (method: string, at: string, body?: unknown, key?: string, auth = "Bearer secret") => {
    const headers = {
      Authorization: auth,
      "Content-Type": "application/json",
      ...(key ? { "Idempotency-Key": key } : {}),
    };
    const response = await fetch(mailbox.url + at, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return {
      status: response.status,
      replayed: response.headers.get("idempotent-replayed"),
      body: await response.json(),
    };
  };
  return { call, dataDir, mailbox };
}

test("the same key acts once and answers the same, also after a restart", async () => {
  const { call, dataDir, mailbox } = await aMailbox();
  const first = await call(
    "POST",
    "/v1/quarantine",
    { message_id: "m1", metadata: { action_key: "k1" } },
    "k1",
  );
  const again = await call("POST", "/v1/quarantine", { message_id: "m1" }, "k1");
  expect(first.status).toBe(201);
  expect(again).toMatchObject({ status: 200, replayed: "true", body: { id: first.body.id } });
  await mailbox.close();
  open.length = 0;
  const later = await aMailbox(dataDir);
  expect((await later.call("POST", "/v1/quarantine", { message_id: "m1" }, "k1")).body.id).toBe(
    first.body.id,
  );
});

test("an entry can be looked up by the action's key, and is absent before", async () => {
  const { call } = await aMailbox();
  expect((await call("GET", "/v1/quarantine?action_key=k9")).body.data).toEqual([]);
  await call("POST", "/v1/quarantine", { message_id: "m9", metadata: { action_key: "k9" } }, "k9");
  expect((await call("GET", "/v1/quarantine?action_key=k9")).body.data).toHaveLength(1);
});

test("refuses a second quarantine, another message under the same key, a missing id, bad JSON and a stranger", async () => {
  const { call } = await aMailbox();
  await call("POST", "/v1/quarantine", { message_id: "m1" }, "k1");
  expect(await call("POST", "/v1/quarantine", { message_id: "m1" }, "k2")).toMatchObject({
    status: 422,
    body: { error: { code: "already_quarantined" } },
  });
  expect(await call("POST", "/v1/quarantine", { message_id: "m2" }, "k1")).toMatchObject({ status: 400 });
  expect((await call("POST", "/v1/quarantine", {}, "k3")).status).toBe(400);
  expect((await call("POST", "/v1/quarantine", 7, "k3")).status).toBe(400);
  expect((await call("GET", "/v1/quarantine", undefined, undefined, "Bearer wrong!")).status).toBe(401);
});

test("a line cut short by a crash is dropped and the next entry is whole", async () => {
  const { call, dataDir, mailbox } = await aMailbox();
  await call("POST", "/v1/quarantine", { message_id: "m1" }, "k1");
  await mailbox.close();
  open.length = 0;
  appendFileSync(path.join(dataDir, "quarantine.jsonl"), '{"id":"qua_cut","mess');
  const second = await aMailbox(dataDir);
  await second.call("POST", "/v1/quarantine", { message_id: "m2" }, "k2");
  await second.mailbox.close();
  open.length = 0;
  const third = await aMailbox(dataDir);
  const { body } = await third.call("GET", "/v1/quarantine");
  expect(body.data.map((entry: { message_id: string }) => entry.message_id)).toEqual(["m1", "m2"]);
});

test("gives a message back once, only while it holds it, and may hold it again after", async () => {
  const { call } = await aMailbox();
  const release = (key: string) =>
    call("POST", "/v1/releases", { message_id: "m1", metadata: { action_key: key } }, key);
  const notHeld = { status: 422, body: { error: { code: "not_quarantined" } } };
  expect(await release("r0")).toMatchObject(notHeld);
  await call("POST", "/v1/quarantine", { message_id: "m1" }, "k1");
  const first = await release("r1");
  expect(first).toMatchObject({ status: 201, body: { object: "release", status: "released" } });
  expect(await release("r1")).toMatchObject({ status: 200, replayed: "true", body: { id: first.body.id } });
  expect(await release("r2")).toMatchObject(notHeld);
  expect((await call("GET", "/v1/releases?action_key=r1")).body.data).toHaveLength(1);
  expect((await call("GET", "/v1/quarantine?action_key=r1")).body.data).toEqual([]);
  expect(await call("POST", "/v1/releases", { message_id: "m1" }, "k1")).toMatchObject({ status: 400 });
  expect(await call("POST", "/v1/quarantine", { message_id: "m1" }, "k2")).toMatchObject({ status: 201 });
});
