import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { aServer } from "@/lib/execution/server/connectors/testing-targets";
import { deliverMessages } from "@/lib/notices/server/deliver-messages";
import { listDeliveries } from "@/lib/notices/server/list-deliveries";
import { deliveries, timePasses } from "@/lib/notices/server/testing-news";
import { isSignedWebhook } from "@/lib/server/standard-webhooks";
import { getIncident } from "./get-incident";
import { listIncidents } from "./list-incidents";
import { listMonitors } from "./list-monitors";
import { rotateSigningSecret } from "./rotate-signing-secret";
import { aMonitor, decisionsAgo, look } from "./testing-monitors";

const { db } = await testDatabase();
const closing: (() => void)[] = [];
afterEach(() => {
  closing.splice(0).forEach((close) => close());
  delete process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS;
});
beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
});

/** A receiver, and a monitor that posts to it and is in alert. */
async function anAlert(status: () => number = () => 200) {
  const server = await aServer(() => ({ status: status(), body: "ok" }));
  closing.push(server.close);
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = server.host;
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const monitor = await aMonitor(org, { webhook_url: `${server.baseUrl}/hook?x=1` });
  await decisionsAgo(
    db,
    { org, app: desk.app, type: desk.type },
    Array.from({ length: 6 }, () => ({ ago: "5 minutes" })),
  );
  await look(db, org);
  const [incident] = (await listIncidents(org.admin, { limit: 1 })).data;
  return { server, org, monitor, incident: incident?.id ?? "" };
}

test("a message is signed as Standard Webhooks says, and any library of it verifies it", async () => {
  const { server, org, monitor, incident } = await anAlert();
  expect(await deliverMessages(org.system)).toBe(1);
  const [request] = server.heard;
  const {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signature,
  } = request?.headers ?? {};
  const body = request?.body ?? "";
  // By the specification, without a line of ours: base64 of HMAC-SHA256 over id.timestamp.body, after "v1,".
  const key = Buffer.from((monitor.webhook_secret ?? "").replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest("base64");
  expect(signature).toBe(`v1,${expected}`);
  expect(JSON.parse(body)).toMatchObject({
    type: "incident.opened",
    data: { incident, monitor: monitor.id, value: 6, path: `/alerts/incidents/${incident}` },
  });
  const { told } = await getIncident(org.reviewer, { incident });
  expect(told).toMatchObject([{ kind: "webhook", name: "Too much", status: "sent", error: null }]);
});

test("after a rotation messages carry both signatures, and only the new one once the old is dropped", async () => {
  const { server, org, monitor } = await anAlert();
  const { webhook_secret: second } = await rotateSigningSecret(org.admin, {
    monitor: monitor.id,
    keep_previous: true,
  });
  await deliverMessages(org.system);
  const verified = (at: number, secret: string | null) => {
    const request = server.heard[at];
    const header = (name: string) => String(request?.headers[name]);
    const headers = {
      id: header("webhook-id"),
      timestamp: header("webhook-timestamp"),
      signature: header("webhook-signature"),
    };
    return isSignedWebhook([secret ?? ""], headers, request?.body ?? "", Number(headers.timestamp));
  };
  expect(verified(0, monitor.webhook_secret)).toBe(true);
  expect(verified(0, second)).toBe(true);
  const { webhook_secret: third } = await rotateSigningSecret(org.admin, {
    monitor: monitor.id,
    keep_previous: false,
  });
  await db
    .update(schema.notificationDeliveries)
    .set({ status: "pending" })
    .where(eq(schema.notificationDeliveries.orgId, org.orgId));
  await deliverMessages(org.system);
  expect([verified(1, second), verified(1, third)]).toEqual([false, true]);
});

test("a receiver that fails is tried again with the same id, and that is shown", async () => {
  let status = 503;
  const { server, org, incident } = await anAlert(() => status);
  await deliverMessages(org.system);
  expect(await deliveries(org)).toMatchObject([
    { status: "pending", attempts: 1, error: "It answered 503: ok" },
  ]);
  expect(await deliverMessages(org.system)).toBe(0);
  expect((await getIncident(org.reviewer, { incident })).told).toMatchObject([
    { kind: "webhook", status: "pending", error: "It answered 503: ok" },
  ]);
  status = 204;
  await timePasses(org);
  await deliverMessages(org.system);
  expect((await listDeliveries(org.admin, { limit: 5 })).data).toMatchObject([
    { kind: "webhook", status: "sent", attempts: 2, channel: { name: "Too much" } },
  ]);
  const ids = server.heard.map(({ headers }) => headers["webhook-id"]);
  expect(ids[0]).toBe(ids[1]);
});

test.each([
  "http://hooks.example/x",
  "https://127.0.0.1/x",
  "https://10.1.2.3/x",
  "https://169.254.169.254/latest/meta-data",
  "https://[::1]/x",
  "https://localhost/x",
  "https://hooks.example:8443/x",
])("the address %s is refused", async (address) => {
  const org = await anOrg(db);
  await expect(aMonitor(org, { webhook_url: address })).rejects.toMatchObject({
    kind: "invalid",
    errors: [{ pointer: "/webhook_url" }],
  });
});

test("an address that comes to lead inside is not posted to", async () => {
  const { server, org } = await anAlert();
  delete process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS;
  await deliverMessages(org.system);
  expect(server.heard).toEqual([]);
  expect(await deliveries(org)).toMatchObject([{ status: "pending", attempts: 1 }]);
});

test("the secret is shown once, nobody reads it again, and another receiver gets another one", async () => {
  const { org, monitor } = await anAlert();
  expect(monitor.webhook_secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const views = JSON.stringify([
    await listMonitors(org.admin, { limit: 5 }),
    await listMonitors(org.reviewer, { limit: 5 }),
  ]);
  expect(views).not.toContain("whsec_");
  expect((await listMonitors(org.reviewer, { limit: 5 })).data[0]?.webhook_url).not.toContain("/hook");
  const [row] = await db.select().from(schema.monitors).where(eq(schema.monitors.id, monitor.id));
  expect(row?.webhookSecret).not.toContain((monitor.webhook_secret ?? "").slice(6, 30));
});
