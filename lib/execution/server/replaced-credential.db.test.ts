import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { connectors } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { connectorConfigOf } from "@/lib/apps/connector-config";
import { UpdateConnector } from "@/lib/apps/inputs";
import { sealConnectorSecret } from "@/lib/apps/server/connector-secret";
import { trailOf } from "@/lib/apps/server/testing-trail";
import { updateConnector } from "@/lib/apps/server/update-connector";
import { closeConnectors } from "./connectors/connector-of";
import { lookUpExecution } from "./look-up-execution";
import { executionRunner } from "./run-executions";
import { settleExecutions } from "./settle-executions";
import { claimOne, claimSome, executionRow, letTimePass, resultOf, somePending } from "./testing";

const { db } = await testDatabase();

/** What the target was told its caller is, a request each. It does what it is told, and has nothing of it afterwards. */
const callers: unknown[] = [];
const target = createServer((request, response) => {
  callers.push(request.headers.authorization);
  const done = { id: "re_1", status: "succeeded" };
  response.end(JSON.stringify(request.method === "GET" ? { data: [] } : done));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("COUNTERSIGN_ENCRYPTION_KEY", randomBytes(32).toString("base64"));
  const { port } = target.address() as AddressInfo;
  vi.stubEnv("COUNTERSIGN_ALLOWED_PRIVATE_HOSTS", `127.0.0.1:${port}`);
});
afterAll(async () => {
  await closeConnectors();
  target.close();
});

/** An approved refund at a connector with a credential. */
async function anApproved(connectorClass: "A" | "B" = "A") {
  const org = await anOrg(db);
  const { port } = target.address() as AddressInfo;
  const desk = await aRefundDesk(db, org, { connectorClass, baseUrl: `http://127.0.0.1:${port}` });
  const read = db.select().from(connectors).where(eq(connectors.id, desk.connector));
  const [row] = await read;
  if (!row) throw new Error("no connector");
  const config = { ...row.config, auth: "bearer" as const };
  const secret = sealConnectorSecret(desk.connector, "old");
  await db.update(connectors).set({ config, secret }).where(eq(connectors.id, desk.connector));
  // As the form sends it: with everything, of which only what `change` names is another.
  const form = {
    connector: desk.connector,
    version: 1,
    name: row.name,
    class: row.class,
    config: connectorConfigOf({ kind: row.kind, config }),
  };
  const save = (change: object) => updateConnector(org.admin, UpdateConnector.parse({ ...form, ...change }));
  const [id = ""] = await somePending(db, org, desk);
  return { org, desk, id, form, save };
}

test("what was approved runs under the credential that took the other's place", async () => {
  const { org, desk, id, save } = await anApproved();
  expect(await save({ secret: "new" })).toMatchObject({ version: 1, has_secret: true });
  callers.length = 0;
  const runner = executionRunner({ workerId: "worker:test" });
  await runner.run(org.system);
  await runner.drain();
  expect(await executionRow(db, id)).toMatchObject({ status: "succeeded" });
  expect(callers).toEqual(["Bearer new"]);
  expect((await trailOf(db, desk.connector)).journal).toMatchObject([
    { action: "connector.changed", data: { changed: ["secret"] } },
  ]);
});

test.each<[string, (form: Awaited<ReturnType<typeof anApproved>>["form"]) => object]>([
  ["no credential", () => ({ secret: null, config: undefined })],
  ["another name", () => ({ secret: "new", name: "Billing 2" })],
  ["another class", () => ({ secret: "new", class: "C" })],
  [
    "another address",
    ({ config }) => ({ secret: "new", config: { ...config, base_url: "http://127.0.0.1:9" } }),
  ],
  ["another way to show it", ({ config }) => ({ secret: "a:b", config: { ...config, auth: "basic" } })],
  ["another pace", ({ config }) => ({ secret: "new", config: { ...config, concurrency: 3 } })],
])("%s comes back to be approved anew", async (_name, change) => {
  const { org, id, form, save } = await anApproved();
  expect(await save(change(form))).toMatchObject({ version: 2 });
  const { sends, returns } = await claimSome(org);
  expect(sends).toEqual([]);
  expect(returns).toMatchObject([{ executionId: id, returned: { code: "changed" } }]);
});

test("a first credential comes back to be approved anew too", async () => {
  const { org, desk, save } = await anApproved();
  await db.update(connectors).set({ secret: null }).where(eq(connectors.id, desk.connector));
  expect(await save({ secret: "first" })).toMatchObject({ version: 2 });
  expect((await claimSome(org)).sends).toEqual([]);
});

test("a stale form replaces no credential", async () => {
  const { save } = await anApproved();
  await save({ name: "Billing 2" });
  await expect(save({ secret: "new", name: undefined })).rejects.toMatchObject({ code: "stale_version" });
});

test.each(["A", "B"] as const)(
  "class %s, sent without an answer under the old one: looked up, then a person's, never sent again",
  async (connectorClass) => {
    const { org, id, save } = await anApproved(connectorClass);
    await settleExecutions(org.system, [resultOf(await claimOne(org), "no_answer")]);
    await save({ secret: "new" });
    await letTimePass(db, org);
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [id] });
    await lookUpExecution(org.system, { executionId: id });
    await letTimePass(db, org);
    expect(await claimSome(org)).toMatchObject({ sends: [], lookUps: [] });
    expect(await executionRow(db, id)).toMatchObject({
      status: "unknown",
      needsPerson: true,
      lastError: expect.stringContaining("credential was replaced"),
    });
  },
);
