import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aDecision, anOrg, aRefundDesk, type TestOrg } from "@/db/testing-fixtures";
import { testDatabase } from "@/db/testing";
import * as schema from "@/db/schema";
import { actorName } from "@/lib/server/context";
import { findNotice } from "./find-notice";
import { getAppealFile } from "./get-appeal-file";
import { getAppeal, listAppeals } from "./list-appeals";
import { offerAppeal } from "./offer-appeal";
import { aDeclined, anAppeal, offered, said, text } from "./testing-appeals";
import { resolveAppeal } from "./resolve-appeal";
import { setAppealHours } from "./set-appeal-hours";
import { submitAppeal } from "./submit-appeal";

const { db } = await testDatabase();
test("the link says what was decided, when, by whom and why, and nothing internal", async () => {
  const org = await anOrg(db);
  const { decision } = await aDeclined(org, { rationale: "Looks like a cheat", confidence: 0.31 });
  const { token } = await offered(org, decision.id);
  const notice = await findNotice(org.system, token);
  expect(notice).toMatchObject({
    about: "Issue a refund",
    summary: "Refund €18.00 on invoice INV-0001",
    outcome: "not_acted",
    by: "person",
    reason: "not entitled",
    status: "offered",
  });
  const shown = JSON.stringify(notice);
  for (const secret of ["cheat", "lies", "0.31", "reviewer", org.orgId, decision.id]) {
    expect(shown).not.toContain(secret);
  }
});

test("only a hash of the token is stored, and a wrong, lapsed or foreign one shows nothing", async () => {
  const org = await anOrg(db);
  const other = await anOrg(db);
  const { decision } = await aDeclined(org);
  const { token, id } = await offered(org, decision.id);
  const [row] = await db.select().from(schema.appeals).where(eq(schema.appeals.id, id));
  expect(JSON.stringify(row)).not.toContain(token);
  expect(await findNotice(org.system, `${token.slice(0, -1)}!`)).toBeUndefined();
  expect(await findNotice(other.system, token)).toBeUndefined();
  await db
    .update(schema.appeals)
    .set({ expiresAt: new Date(0) })
    .where(eq(schema.appeals.id, id));
  expect(await findNotice(org.system, token)).toBeUndefined();
  await expect(submitAppeal(org.system, { token, said, files: [] })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("there is a link for what was decided only, and an app reaches its own decisions", async () => {
  const org = await anOrg(db);
  const { desk, decision } = await aDeclined(org);
  const body = { expires_in_days: 1 };
  const open = await aDecision(db, org, desk);
  await expect(offerAppeal(org.admin, { params: { decision: open.id }, body })).rejects.toMatchObject({
    code: "not_decided",
  });
  const own = await org.keyOf(desk.app, ["decisions:write"]);
  const foreign = await org.keyOf((await aRefundDesk(db, org)).app, ["decisions:write"]);
  const params = { decision: decision.id };
  await expect(offerAppeal(foreign, { params, body })).rejects.toMatchObject({ kind: "not_found" });
  expect(await offerAppeal(own, { params, body })).toMatchObject({ object: "notice" });
  await expect(offerAppeal(org.auditor, { params, body })).rejects.toMatchObject({ kind: "forbidden" });
});

test("an appeal opens one review for somebody else, due in the time set, never of low severity", async () => {
  const org = await anOrg(db);
  const { decision } = await aDeclined(org);
  await setAppealHours(org.admin, { hours: 48 });
  const { token } = await offered(org, decision.id);
  const { reviewId } = await submitAppeal(org.system, {
    token,
    said,
    files: [{ name: "../proof.exe", bytes: text("%PDF-1.4 proof") }],
  });
  const [review] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  expect(review).toMatchObject({ kind: "appeal", status: "open", excluded: [actorName(org.reviewer.actor)] });
  expect(review?.severity).not.toBe("low");
  const hours = ((review?.dueAt.getTime() ?? 0) - Date.now()) / 3_600_000;
  expect(hours).toBeCloseTo(48, 1);
  const appeal = await getAppeal(org.auditor, { appealId: reviewId });
  expect(appeal).toMatchObject({ status: "submitted", ...said, files: [{ name: "proof.pdf" }] });
  const file = await getAppealFile(org.reviewer, { fileId: appeal.files[0]?.id ?? "" });
  expect(file.content.toString()).toBe("%PDF-1.4 proof");
  const [entry] = await db
    .select()
    .from(schema.journal)
    .where(eq(schema.journal.subject, appeal.id))
    .limit(2);
  expect(entry?.entry).not.toContain(said.statement);
});

test("a link is used once, by two at the same time too, and a decision has one appeal at a time", async () => {
  const org = await anOrg(db);
  const { decision } = await aDeclined(org);
  const { token } = await offered(org, decision.id);
  const tries = await Promise.allSettled(
    [1, 2, 3].map(() => submitAppeal(org.system, { token, said, files: [] })),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const second = await offered(org, decision.id);
  await expect(submitAppeal(org.system, { token: second.token, said, files: [] })).rejects.toMatchObject({
    kind: "conflict",
  });
  expect(await findNotice(org.system, second.token)).toMatchObject({ status: "offered" });
});

test.each([
  ["a page", [{ name: "a.txt", bytes: text("<html>") }]],
  ["more than 5 MB", [{ name: "a.txt", bytes: new Uint8Array(5 * 1024 * 1024 + 1).fill(65) }]],
  ["a fourth file", [1, 2, 3, 4].map((n) => ({ name: `${n}.txt`, bytes: text("x") }))],
])("%s is refused and nothing is stored", async (_what, files) => {
  const org = await anOrg(db);
  const { decision } = await aDeclined(org);
  const { token } = await offered(org, decision.id);
  await expect(submitAppeal(org.system, { token, said, files })).rejects.toMatchObject({
    code: "validation_failed",
  });
  expect(await findNotice(org.system, token)).toMatchObject({ status: "offered" });
});

test("overturned: the person reads the answer, and it becomes feedback and the decision's truth", async () => {
  const { org, judge, decision, token, appealId, reviewId } = await anAppeal(db);
  const ruling = {
    verdict: "overturned",
    answer: "You are right. We refund you.",
    cause: "reviewer",
  } as const;
  const answered = await resolveAppeal(judge, { appealId, ruling });
  expect(answered).toMatchObject({ status: "overturned", answer: ruling.answer });
  expect(await findNotice(org.system, token)).toMatchObject({ status: "overturned", answer: ruling.answer });
  const [review] = await db.select().from(schema.reviews).where(eq(schema.reviews.id, reviewId));
  expect(review).toMatchObject({ status: "resolved", resolvedBy: actorName(judge.actor) });
  const [row] = await db.select().from(schema.decisions).where(eq(schema.decisions.id, decision.id));
  expect(row).toMatchObject({ status: "declined", truth: "positive", truthSource: "outcome" });
  const [feedback] = await db
    .select()
    .from(schema.feedback)
    .where(eq(schema.feedback.decisionId, decision.id));
  expect(feedback).toMatchObject({
    source: "customer",
    vote: "down",
    text: said.statement,
    cause: "reviewer",
  });
});

test("upheld: the decision stands, and nothing is learned but what the customer said", async () => {
  const { judge, decision, appealId } = await anAppeal(db);
  await resolveAppeal(judge, { appealId, ruling: { verdict: "upheld", answer: "We looked again." } });
  const [row] = await db.select().from(schema.decisions).where(eq(schema.decisions.id, decision.id));
  expect(row).toMatchObject({ status: "declined", truth: null });
  const again = resolveAppeal(judge, { appealId, ruling: { verdict: "overturned", answer: "No, wait." } });
  await expect(again).rejects.toMatchObject({ code: "review_already_resolved" });
});

test("whoever ruled first, an auditor, an admin, a key and another organisation cannot answer", async () => {
  const org = await anOrg(db);
  const other = await anOrg(db);
  const { desk, decision } = await aDeclined(org);
  const { token } = await offered(org, decision.id);
  const { appealId } = await submitAppeal(org.system, { token, said, files: [] });
  const ruling = { verdict: "upheld", answer: "No." } as const;
  const refused = (who: TestOrg["reviewer"]) =>
    resolveAppeal(who, { appealId, ruling }).then(String, (e) => e.kind);
  const key = await org.keyOf(desk.app, ["decisions:write", "feedback:write"]);
  expect(await Promise.all([org.reviewer, org.auditor, org.admin, org.system, key].map(refused))).toEqual(
    Array(5).fill("forbidden"),
  );
  expect(await refused(other.reviewer)).toBe("not_found");
  await expect(listAppeals(key, { limit: 10 })).rejects.toMatchObject({ kind: "forbidden" });
  expect(await findNotice(org.system, token)).toMatchObject({ status: "submitted", answer: null });
});

test("the list goes on where a page ended and leaves out links nobody used", async () => {
  const org = await anOrg(db);
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) {
    const { decision } = await aDeclined(org);
    const { token } = await offered(org, decision.id);
    ids.unshift((await submitAppeal(org.system, { token, said, files: [] })).appealId);
    await offered(org, decision.id);
  }
  const first = await listAppeals(org.auditor, { limit: 2 });
  const rest = await listAppeals(org.auditor, { limit: 2, starting_after: first.data.at(-1)?.id });
  expect([first.has_more, rest.has_more]).toEqual([true, false]);
  expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(ids);
});
