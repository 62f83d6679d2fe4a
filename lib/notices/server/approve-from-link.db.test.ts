import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import * as schema from "@/db/schema";
import { createSession, findSession } from "@/lib/identity/server/sessions";
import type { Context } from "@/lib/server/context";
import { approveFromLink, describeLink } from "./approve-from-link";
import { makeApprovePath } from "./mailed-link";

const { db } = await testDatabase();

async function aLink() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { reviewId } = await aDecision(db, org, desk);
  const me = org.reviewer;
  const path = await makeApprovePath(org.system, me.actor.id, reviewId ?? "");
  const [, , review = "", token = ""] = path.split("/");
  return { org, me, link: { reviewId: review, token } };
}

async function standing(reviewId: string) {
  const [review] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  return { status: review?.status, staged: review?.stagedVerdict, by: review?.stagedBy };
}
const untouched = { status: "open", staged: null, by: null };
const refusal = (ctx: Context, link: { reviewId: string; token: string }) =>
  approveFromLink(ctx, link).then(String, (error: { code: string }) => error.code);

test("it approves once, through the verb of the screen, with its time to take it back", async () => {
  const { me, link } = await aLink();
  expect(await describeLink(me, link)).toEqual({ works: true });
  expect(await standing(link.reviewId)).toEqual(untouched);
  const staged = await approveFromLink(me, link);
  expect(staged.undoSeconds).toBeGreaterThan(0);
  expect(await standing(link.reviewId)).toEqual({
    status: "claimed",
    staged: "approve",
    by: `user:${me.actor.id}`,
  });
  expect(await describeLink(me, link)).toEqual({ works: false });
  expect(await refusal(me, link)).toBe("one_time_link_used");
});

test("of several at once one is heard", async () => {
  const { me, link } = await aLink();
  const tries = await Promise.all([1, 2, 3, 4].map(() => refusal(me, link)));
  expect(tries.filter((code) => code === "one_time_link_used")).toHaveLength(3);
});

test("in another person's session, for another review, or after its time it does nothing", async () => {
  const { org, me, link } = await aLink();
  const other = await org.person("reviewer");
  expect(await refusal(other, link)).toBe("one_time_link_used");
  expect(await describeLink(other, link)).toEqual({ works: false });
  const desk = await aRefundDesk(db, org);
  const { reviewId } = await aDecision(db, org, desk);
  expect(await refusal(me, { ...link, reviewId: reviewId ?? "" })).toBe("one_time_link_used");
  await db.update(schema.oneTimeTokens).set({ expiresAt: new Date(0) });
  expect(await refusal(me, link)).toBe("one_time_link_used");
  expect(await standing(link.reviewId)).toEqual(untouched);
});

test("whoever lost the role, or is a key, is refused and uses nothing up", async () => {
  const { org, me, link } = await aLink();
  const demoted = org.context({ ...me.actor, role: "admin" } as typeof me.actor);
  const key = org.context({ kind: "key", id: me.actor.id, appId: "app_1", scopes: ["decisions:write"] });
  expect([await refusal(demoted, link), await refusal(key, link)]).toEqual(["forbidden", "forbidden"]);
  expect(await standing(link.reviewId)).toEqual(untouched);
  expect(await describeLink(me, link)).toEqual({ works: true });
});

test("whoever proposed it themselves is refused as on the screen, and the link stays unused", async () => {
  const { me, link } = await aLink();
  await db.update(schema.decisions).set({ submittedBy: `user:${me.actor.id}` });
  expect(await refusal(me, link)).toBe("own_proposal");
  expect(await standing(link.reviewId)).toEqual(untouched);
  expect(await describeLink(me, link)).toEqual({ works: true });
});

test("whoever was disabled has no session to open it with", async () => {
  const { me, link } = await aLink();
  const sid = await createSession(db, {
    userId: me.actor.id,
    roleVersion: 1,
    authMethod: "password",
    userAgent: null,
  });
  expect(await findSession(db, sid)).toBeDefined();
  await db.update(schema.users).set({ disabledAt: new Date() }).where(eq(schema.users.id, me.actor.id));
  expect(await findSession(db, sid)).toBeUndefined();
  expect(await standing(link.reviewId)).toEqual(untouched);
});
