import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import * as schema from "@/db/schema";
import { aMailServer, aServer } from "@/lib/execution/server/connectors/testing-targets";
import { preferencesOf } from "../preferences";
import { mostTries } from "../when";
import { changeChannel } from "./change-channel";
import { createChannel } from "./create-channel";
import { deliverMessages } from "./deliver-messages";
import { listChannels } from "./list-channels";
import { listDeliveries } from "./list-deliveries";
import { markRead } from "./mark-read";
import { retryDelivery } from "./retry-delivery";
import { sendTest } from "./send-test";
import { setPreferences } from "./set-preferences";
import { tellNews } from "./tell-news";
import { bells, deliveries, happens, hearFromNow, timePasses } from "./testing-news";

const { db } = await testDatabase();
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));
beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
  process.env.COUNTERSIGN_ORIGIN = "https://desk.example";
});

function allow(...hosts: string[]): void {
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = hosts.join(",");
}

async function aDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  await db
    .update(schema.decisionTypes)
    .set({ reversibility: "reversible" })
    .where(eq(schema.decisionTypes.id, desk.type));
  const { id: decisionId, reviewId } = await aDecision(db, org, desk);
  await hearFromNow(org);
  return { org, desk, decisionId, reviewId: reviewId ?? "" };
}
type Desk = Awaited<ReturnType<typeof aDesk>>;

async function withMail(org: TestOrg, answers: Parameters<typeof aMailServer>[0] = {}) {
  const server = await aMailServer(answers);
  closing.push(server.close);
  allow(server.host);
  const config = {
    kind: "email",
    host: "127.0.0.1",
    port: server.port,
    tls: "none",
    username: "",
    from: "desk@example.test",
  } as const;
  const channel = await createChannel(org.admin, { name: "Mail", enabled: true, config });
  return { ...server, channel };
}

async function withWebhook(org: TestOrg, status = 200) {
  const server = await aServer(() => ({ status, body: "ok" }));
  closing.push(server.close);
  allow(server.host);
  const config = { kind: "slack", kinds: ["assigned"], queues: [] } as const;
  const secret = `${server.baseUrl}/services/T0/B0/canary`;
  const channel = await createChannel(org.admin, {
    name: "Desk",
    enabled: true,
    config: { ...config, kinds: [...config.kinds], queues: [] },
    secret,
  });
  return { ...server, channel };
}

async function queueKey({ desk }: Desk): Promise<string> {
  const [queue] = await db.select().from(schema.queues).where(eq(schema.queues.id, desk.queue));
  return queue?.key ?? "";
}

function assign({ org, decisionId, reviewId }: Desk) {
  const data = { to: `user:${org.reviewer.actor.id}` };
  return happens(org, { type: "review.assigned", subject: reviewId, decisionId, data });
}
describe("mail", () => {
  test("says what happened, links to it on our origin, and offers to approve what is modest", async () => {
    const desk = await aDesk();
    const { mails } = await withMail(desk.org);
    await assign(desk);
    await tellNews(desk.org.system);
    expect(await deliverMessages(desk.org.system)).toBe(1);
    expect(mails).toHaveLength(1);
    const text = mails[0]?.text.replaceAll("=\n", "").replaceAll("=3D", "=") ?? "";
    expect(mails[0]?.to[0]).toContain(
      desk.org.reviewer.actor.kind === "user" ? desk.org.reviewer.actor.email : "",
    );
    expect(text).toContain("Assigned to you: Refund desk");
    expect(text).toContain(`https://desk.example/inbox/${desk.reviewId}`);
    expect(text).toMatch(new RegExp(`https://desk\\.example/approve/${desk.reviewId}/[\\w-]{43}`));
    expect(text).not.toContain("I was charged twice");
    expect((await deliveries(desk.org))[0]).toMatchObject({ status: "sent", attempts: 1, error: null });
  });

  test("no approval is offered for what cannot be undone", async () => {
    const desk = await aDesk();
    const { mails } = await withMail(desk.org);
    await db
      .update(schema.decisionTypes)
      .set({ reversibility: "irreversible" })
      .where(eq(schema.decisionTypes.id, desk.desk.type));
    await assign(desk);
    await tellNews(desk.org.system);
    await deliverMessages(desk.org.system);
    expect(mails[0]?.text).not.toContain("/approve/");
  });

  test("is sent by one of many workers, and again after a worker died before it said so", async () => {
    const desk = await aDesk();
    const { mails } = await withMail(desk.org);
    await assign(desk);
    await tellNews(desk.org.system);
    await Promise.all([1, 2, 3].map(() => deliverMessages(desk.org.system)));
    expect(mails).toHaveLength(1);
    // The crash: sent, and the row never heard of it; its lease ends.
    await db.update(schema.notificationDeliveries).set({ status: "pending", leaseUntil: new Date(0) });
    await deliverMessages(desk.org.system);
    expect(mails).toHaveLength(2);
    const ids = mails.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
    expect(ids[0]).toBe(ids[1]);
  });

  test("is tried again after growing pauses; given up, it is said to admins and can be sent again", async () => {
    const desk = await aDesk();
    const server = await withMail(desk.org, { MAIL: "451 not now" });
    await assign(desk);
    await tellNews(desk.org.system);
    await deliverMessages(desk.org.system);
    const [first] = await deliveries(desk.org);
    expect(first).toMatchObject({ status: "pending", attempts: 1 });
    expect(first?.error).toContain("not now");
    expect(first?.notBefore.getTime()).toBeGreaterThan(Date.now() + 20_000);
    expect(await deliverMessages(desk.org.system)).toBe(0);
    for (let n = 1; n < mostTries; n++) {
      await timePasses(desk.org);
      await deliverMessages(desk.org.system);
    }
    const failed = await listDeliveries(desk.org.admin, { limit: 10, status: "failed" });
    expect(failed.data).toMatchObject([{ attempts: mostTries, to: { id: desk.org.reviewer.actor.id } }]);
    const told = (await bells(desk.org)).filter(({ kind }) => kind === "undelivered");
    expect(told.map(({ userId }) => userId)).toEqual([desk.org.admin.actor.id]);
    server.close();
    const better = await aMailServer();
    closing.push(better.close);
    allow(better.host);
    const draft = { name: "Mail", enabled: true, config: { ...server.channel.config, port: better.port } };
    await changeChannel(desk.org.admin, { channelId: server.channel.id, draft: draft as never });
    await retryDelivery(desk.org.admin, { deliveryId: failed.data[0]?.id ?? "" });
    await deliverMessages(desk.org.system);
    expect(better.mails).toHaveLength(1);
    await expect(
      retryDelivery(desk.org.admin, { deliveryId: failed.data[0]?.id ?? "" }),
    ).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  test("a digest is one mail of what was not read meanwhile", async () => {
    const desk = await aDesk();
    const { mails } = await withMail(desk.org);
    await setPreferences(desk.org.reviewer, { ...preferencesOf({}), digest: "daily" });
    for (let n = 0; n < 3; n++) {
      await assign(desk);
      await tellNews(desk.org.system);
    }
    expect(await deliveries(desk.org)).toHaveLength(1);
    expect(await deliverMessages(desk.org.system)).toBe(0);
    await markRead(desk.org.reviewer, { ids: [(await bells(desk.org))[0]?.id ?? ""] });
    await timePasses(desk.org);
    await deliverMessages(desk.org.system);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("Subject: 2 things to see in Test");
  });

  test("nothing is mailed to who read it in the bell, was disabled, or lost the role", async () => {
    for (const lost of ["read", "disabled", "role"] as const) {
      const desk = await aDesk();
      const { mails } = await withMail(desk.org);
      await assign(desk);
      await tellNews(desk.org.system);
      const me = eq(schema.users.id, desk.org.reviewer.actor.id);
      if (lost === "disabled") await db.update(schema.users).set({ disabledAt: new Date() }).where(me);
      if (lost === "role") await db.update(schema.users).set({ role: "auditor" }).where(me);
      if (lost === "read") await markRead(desk.org.reviewer, { up_to: "ntf_z" });
      await deliverMessages(desk.org.system);
      expect([lost, mails.length]).toEqual([lost, 0]);
      expect((await deliveries(desk.org))[0]?.status).toBe("cancelled");
    }
  });
});

describe("a webhook", () => {
  test("gets text and blocks with a link, and its address is shown to nobody", async () => {
    const desk = await aDesk();
    const { heard, host, channel } = await withWebhook(desk.org);
    await assign(desk);
    await tellNews(desk.org.system);
    await deliverMessages(desk.org.system);
    const body = JSON.parse(heard[0]?.body ?? "{}") as { text: string; blocks: unknown[] };
    expect(body.text).toContain(`https://desk.example/inbox/${desk.reviewId}`);
    expect(body.blocks).toHaveLength(2);
    expect(channel.address).toBe(host);
    const shown = JSON.stringify([
      await listChannels(desk.org.admin, { limit: 9 }),
      await listDeliveries(desk.org.admin, { limit: 9 }),
    ]);
    expect(shown).not.toContain("canary");
    const { rows } = (await db.execute(
      sql`select config::text || coalesce(secret, '') as all from notification_channels`,
    )) as {
      rows: { all: string }[];
    };
    expect(rows.some(({ all }) => all.includes("canary"))).toBe(false);
  });

  test("hears only the kinds and queues it asks for", async () => {
    const desk = await aDesk();
    const { heard, channel } = await withWebhook(desk.org);
    const draft = (queues: string[]) =>
      ({ name: "Desk", enabled: true, config: { kind: "slack", kinds: ["assigned"], queues } }) as never;
    await changeChannel(desk.org.admin, { channelId: channel.id, draft: draft(["que_other"]) });
    await assign(desk);
    await happens(desk.org, { type: "autonomy.paused", subject: desk.desk.app, data: { reason: "r" } });
    await tellNews(desk.org.system);
    await deliverMessages(desk.org.system);
    expect(heard).toHaveLength(0);
    await changeChannel(desk.org.admin, { channelId: channel.id, draft: draft([await queueKey(desk)]) });
    await assign(desk);
    await tellNews(desk.org.system);
    await deliverMessages(desk.org.system);
    expect(heard).toHaveLength(1);
  });

  test("a private address is never called unless it is listed, and a refusal counts as a try", async () => {
    const desk = await aDesk();
    const { heard } = await withWebhook(desk.org);
    allow();
    await assign(desk);
    await tellNews(desk.org.system);
    await deliverMessages(desk.org.system);
    expect(heard).toHaveLength(0);
    expect((await deliveries(desk.org))[0]).toMatchObject({ status: "pending", attempts: 1 });
    const other = await aDesk();
    await withWebhook(other.org, 500);
    await assign(other);
    await tellNews(other.org.system);
    await deliverMessages(other.org.system);
    expect((await deliveries(other.org))[0]?.error).toContain("It answered 500");
  });
});

describe("channels are an admin's", () => {
  test("a test message is one delivery, tried once", async () => {
    const desk = await aDesk();
    const { channel, heard } = await withWebhook(desk.org, 404);
    const { id } = await sendTest(desk.org.admin, { channelId: channel.id });
    await deliverMessages(desk.org.system);
    expect(heard).toHaveLength(1);
    const [row] = (await listDeliveries(desk.org.admin, { limit: 5 })).data;
    expect(row).toMatchObject({ id, status: "failed", attempts: 1 });
    const mail = await withMail(desk.org);
    await sendTest(desk.org.admin, { channelId: mail.channel.id });
    await deliverMessages(desk.org.system);
    expect(mail.mails[0]?.text).toContain("A test message from Countersign");
  });

  test("nobody else sees or changes them, and a password stays with the server it was given for", async () => {
    const desk = await aDesk();
    const { channel } = await withMail(desk.org);
    const draft = { name: "x", enabled: true, config: channel.config, secret: "canary-password" };
    for (const who of [desk.org.reviewer, desk.org.auditor]) {
      await expect(createChannel(who, draft)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(changeChannel(who, { channelId: channel.id, draft })).rejects.toMatchObject({
        kind: "forbidden",
      });
      await expect(listChannels(who, { limit: 5 })).rejects.toMatchObject({ kind: "forbidden" });
      await expect(listDeliveries(who, { limit: 5 })).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(createChannel(desk.org.admin, draft)).rejects.toMatchObject({ kind: "conflict" });
    await changeChannel(desk.org.admin, { channelId: channel.id, draft });
    const { secret: _, ...keep } = draft;
    const elsewhere = { ...keep, config: { ...channel.config, host: "mail.evil.example" } as never };
    await expect(
      changeChannel(desk.org.admin, { channelId: channel.id, draft: elsewhere }),
    ).rejects.toMatchObject({
      code: "secret_required",
    });
  });
});
