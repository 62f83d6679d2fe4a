import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import * as schema from "@/db/schema";
import { countUnread } from "./count-unread";
import { listNotifications } from "./list-notifications";
import { markRead } from "./mark-read";
import { setPreferences } from "./set-preferences";
import { preferencesOf } from "../preferences";
import { tellNews } from "./tell-news";
import { bells, happens, hearFromNow } from "./testing-news";

const { db } = await testDatabase();
const person = (ctx: TestOrg["reviewer"]) => `user:${ctx.actor.id}`;

async function aDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { id: decisionId, reviewId } = await aDecision(db, org, desk);
  await hearFromNow(org);
  return { org, desk, decisionId, reviewId: reviewId ?? "" };
}
const query = { limit: 25, unread: false };

describe("news becomes notifications", () => {
  test("once each, however often and by however many workers it is looked for", async () => {
    const { org, decisionId, reviewId } = await aDesk();
    const data = { to: person(org.reviewer), by: person(org.admin) };
    await happens(org, { type: "review.assigned", subject: reviewId, decisionId, data });
    await Promise.all([1, 2, 3].map(() => tellNews(org.system)));
    await tellNews(org.system);
    const told = await bells(org);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      userId: org.reviewer.actor.id,
      kind: "assigned",
      title: "Assigned to you: Refund desk: Issue a refund, €18.00",
      href: `/inbox/${reviewId}`,
    });
  });

  test("an event that is committed late, under a lower id, is told too, and the ones around it not again", async () => {
    const { org, decisionId, reviewId } = await aDesk();
    const data = { to: person(org.reviewer) };
    const late = { type: "review.assigned", subject: reviewId, decisionId, data } as const;
    let commit: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (commit = resolve));
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const slow = db.transaction(async (tx) => {
      await happens({ ...org, system: { ...org.system, db: tx } }, late);
      written();
      await waiting;
    });
    await isWritten;
    await happens(org, { ...late, data: { to: person(org.reviewer), by: person(org.admin) } });
    await tellNews(org.system);
    expect(await bells(org)).toHaveLength(1);
    commit();
    await slow;
    await tellNews(org.system);
    expect(await bells(org)).toHaveLength(2);
  });

  test("admins are told that the glass was broken", async () => {
    const { org, decisionId, reviewId } = await aDesk();
    const data = { by: person(org.reviewer), reason: "All are on leave" };
    await happens(org, { type: "review.break_glass", subject: reviewId, decisionId, data });
    await tellNews(org.system);
    expect(await bells(org)).toMatchObject([
      { userId: org.admin.actor.id, kind: "break_glass", href: `/decisions/${decisionId}` },
    ]);
  });

  test("nobody who is disabled, of another queue, or without the role is told", async () => {
    const { org, desk, decisionId, reviewId } = await aDesk();
    const member = await org.person("reviewer");
    const gone = await org.person("reviewer");
    await db.update(schema.users).set({ disabledAt: new Date() }).where(eq(schema.users.id, gone.actor.id));
    for (const { actor } of [member, gone]) {
      await db
        .insert(schema.queueMembers)
        .values({ queueId: desk.queue, userId: actor.id, orgId: org.orgId });
    }
    await happens(org, {
      type: "appeal.submitted",
      subject: "apl_1",
      decisionId,
      data: { review: reviewId },
    });
    await tellNews(org.system);
    expect((await bells(org)).map(({ userId }) => userId)).toEqual([member.actor.id]);
  });

  test("a second approval is wanted of those who have not approved, and a note's mention leads to its review", async () => {
    const { org, desk, decisionId, reviewId } = await aDesk();
    const other = await org.person("reviewer");
    const next = { id: `rev_second_${org.orgId}`, orgId: org.orgId, decisionId, kind: "second" as const };
    await db
      .insert(schema.reviews)
      .values({ ...next, appId: desk.app, typeId: desk.type, queueId: desk.queue });
    const word = {
      id: `apv_${org.orgId}`,
      orgId: org.orgId,
      decisionId,
      reviewId,
      stage: 1,
      verdict: "approve" as const,
    };
    await db.insert(schema.approvals).values({ ...word, actor: person(org.reviewer) });
    const data = { reason: "second_approval", review: reviewId, stage: 2, needed: 1 };
    await happens(org, { type: "review.opened", subject: next.id, decisionId, data });
    const mentions = [person(org.reviewer)];
    await happens(org, {
      type: "note.added",
      subject: "not_1",
      decisionId,
      data: { by: person(other), mentions },
    });
    await tellNews(org.system);
    const told = (await bells(org)).map(({ userId, kind, href }) => ({ userId, kind, href }));
    expect(told).toContainEqual({ userId: other.actor.id, kind: "second", href: `/inbox/${next.id}` });
    expect(told.filter(({ kind }) => kind === "mention")).toMatchObject([{ userId: org.reviewer.actor.id }]);
    expect(told).toHaveLength(2);
  });

  test("a copy that measures reviewers is no news", async () => {
    const { org, desk } = await aDesk();
    const { id: decisionId, reviewId } = await aDecision(db, org, desk, { measure: true });
    const data = { to: person(org.reviewer) };
    await happens(org, { type: "review.assigned", subject: reviewId ?? "", decisionId, data });
    await tellNews(org.system);
    expect(await bells(org)).toEqual([]);
  });

  test("what a person does not want in the bell is not there", async () => {
    const { org, decisionId, reviewId } = await aDesk();
    const kinds = { assigned: { bell: false, email: false } };
    await setPreferences(org.reviewer, { ...preferencesOf({}), kinds });
    const data = { to: person(org.reviewer) };
    await happens(org, { type: "review.assigned", subject: reviewId, decisionId, data });
    await tellNews(org.system);
    expect(await bells(org)).toEqual([]);
  });
});

describe("the bell", () => {
  test("counts, lists by page, and is read by its owner alone", async () => {
    const { org, decisionId, reviewId } = await aDesk();
    const data = { to: person(org.reviewer) };
    const assigned = { type: "review.assigned", subject: reviewId, decisionId, data } as const;
    await happens(org, assigned, assigned, assigned);
    await tellNews(org.system);
    expect(await countUnread(org.reviewer)).toMatchObject({ unread: 3 });
    const first = await listNotifications(org.reviewer, { ...query, limit: 2 });
    const rest = await listNotifications(org.reviewer, {
      ...query,
      limit: 2,
      starting_after: first.data[1]?.id,
    });
    expect([first.data.length, first.has_more, rest.data.length, rest.has_more]).toEqual([2, true, 1, false]);
    const ids = [first.data[0]?.id ?? ""];
    expect(await markRead(org.admin, { ids })).toMatchObject({ unread: 0 });
    expect(await countUnread(org.reviewer)).toMatchObject({ unread: 3 });
    expect(await markRead(org.reviewer, { ids })).toMatchObject({ unread: 2 });
    expect(await markRead(org.reviewer, { up_to: rest.data[0]?.id ?? "" })).toMatchObject({ unread: 1 });
    expect((await listNotifications(org.reviewer, { ...query, unread: true })).data).toHaveLength(1);
  });

  test("shows nothing of a kind that the person's role may not see any more", async () => {
    const { org, decisionId, reviewId } = await aDesk();
    const data = { to: person(org.reviewer) };
    await happens(org, { type: "review.assigned", subject: reviewId, decisionId, data });
    await tellNews(org.system);
    const asAuditor = org.context({
      ...org.auditor.actor,
      id: org.reviewer.actor.id,
    } as typeof org.auditor.actor);
    expect((await listNotifications(asAuditor, query)).data).toEqual([]);
    expect(await countUnread(asAuditor)).toMatchObject({ unread: 0 });
  });

  test("a key has no bell", async () => {
    const { org, desk } = await aDesk();
    const key = await org.keyOf(desk.app, ["decisions:read"]);
    await expect(listNotifications(key, query)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
