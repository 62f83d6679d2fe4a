import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { newId } from "@/lib/kernel/ids";
import { aRuledReview, type RuledReview } from "@/lib/reviews/server/testing-four-eyes";
import { mailFor } from "./message-of";

const { db } = await testDatabase();
beforeAll(() => void (process.env.COUNTERSIGN_ORIGIN = "https://desk.example"));

/** The text of the mail that tells Bo that a second approval waits. */
async function mailToBo({ org, bo, decisionId, live }: RuledReview): Promise<string> {
  const [id, userId] = [newId("notification"), bo.actor.id];
  await db.insert(schema.notifications).values({
    id,
    orgId: org.orgId,
    userId,
    kind: "second",
    title: "Second approval wanted",
    href: `/inbox/${await live()}`,
    decisionId,
    dedupeKey: id,
  });
  const due = { id: newId("delivery"), kind: "email", channel_id: null, content: {}, attempts: 1 } as const;
  const mail = await mailFor(org.system, { ...due, user_id: userId, notification_ids: [id] });
  return "text" in mail ? mail.text : "";
}

async function aSecondApproval() {
  const world = await aRuledReview(db);
  await db
    .update(schema.decisionTypes)
    .set({ reversibility: "reversible" })
    .where(eq(schema.decisionTypes.id, world.desk.type));
  return world;
}

test("a second approval of something modest can be given from its mail", async () => {
  const world = await aSecondApproval();
  await world.approve(world.ana);
  expect(await mailToBo(world)).toMatch(/https:\/\/desk\.example\/approve\/rev_/);
});

test("not of what somebody changed: the screen shows what it is now", async () => {
  const world = await aSecondApproval();
  await world.edit(world.ana, 900);
  const text = await mailToBo(world);
  expect(text).toContain("/inbox/rev_");
  expect(text).not.toContain("/approve/");
});

test("not of what is above its cap", async () => {
  const world = await aSecondApproval();
  await db.execute(sql`update autonomies set amount_cap = 1 where type_id = ${world.desk.type}`);
  await world.approve(world.ana);
  expect(await mailToBo(world)).not.toContain("/approve/");
});
