import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { createChannel } from "@/lib/notices/server/create-channel";
import { tellNews } from "@/lib/notices/server/tell-news";
import { deliveries, hearFromNow } from "@/lib/notices/server/testing-news";
import { aMonitor, decisionsAgo, look } from "./testing-monitors";

const { db } = await testDatabase();
beforeAll(() => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
});

const six = Array.from({ length: 6 }, () => ({ ago: "10 minutes" }));

test("alerts that come together are one mail and one message to a channel, with both of them in it", async () => {
  process.env.COUNTERSIGN_SMTP_URL = "smtp://127.0.0.1:9?tls=none";
  process.env.COUNTERSIGN_SMTP_FROM = "desk@example.test";
  try {
    const org = await anOrg(db);
    const { app, type } = await aRefundDesk(db, org);
    await hearFromNow(org);
    const channel = await createChannel(org.admin, {
      name: "Desk",
      enabled: true,
      config: { kind: "slack", kinds: [], queues: [] },
      secret: "https://hooks.example/services/T0/B0/x",
    });
    for (const name of ["Too much", "Far too much"]) {
      await aMonitor(org, { name, channels: ["email", channel.id] });
    }
    await decisionsAgo(db, { org, app, type }, six);
    await look(db, org);
    await tellNews(org.system);
    const sent = await deliveries(org);
    const own = sent.filter(({ userId }) => userId === org.reviewer.actor.id);
    expect(own.map(({ notificationIds }) => notificationIds.length)).toEqual([2]);
    const posted = sent.filter(({ kind }) => kind === "slack").map(({ content }) => content);
    expect(posted).toMatchObject([{ title: "2 alerts at once", href: "/alerts" }]);
    for (const name of ["Alert: Too much", "Alert: Far too much"])
      expect(JSON.stringify(posted)).toContain(name);
  } finally {
    delete process.env.COUNTERSIGN_SMTP_URL;
    delete process.env.COUNTERSIGN_SMTP_FROM;
  }
});
