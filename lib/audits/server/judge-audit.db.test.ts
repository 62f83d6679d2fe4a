import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { audits, events, journal, labels } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { rowsOf } from "@/lib/server/rows";
import { answerBlind } from "./answer-blind";
import { auditProgress } from "./audit-progress";
import { claimAudit } from "./claim-audit";
import { claimNextAudit } from "./claim-next-audit";
import { getAudit } from "./get-audit";
import { judgeAudit } from "./judge-audit";
import { listAudits } from "./list-audits";
import { anAutonomousDesk, anOpenAudit, decisionOf, secrets } from "./testing-audits";

const { db } = await testDatabase();
const correct = { judgement: "correct" } as const;
const all = { tab: "open", limit: 25 } as const;
const hidden = [
  ...Object.values(secrets).map(String),
  "REASON-reached",
  "MODEL-x",
  "METADATA-leak",
  "succeeded",
  "approved",
  "router",
  "execute",
  "positive",
];

describe("blind first", () => {
  test("before the auditor's own answer nothing says what the model proposed or what came of it", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId, decisionId } = await anOpenAudit(db, org, desk);
    const seen = [
      await getAudit(org.auditor, { auditId }),
      await claimAudit(org.auditor, { auditId }),
      await claimNextAudit(org.auditor, { exclude: [] }),
      await listAudits(org.auditor, all),
      await getAudit(org.admin, { auditId }),
    ].map((view) => JSON.stringify(view));
    for (const json of seen) for (const secret of [...hidden, decisionId]) expect(json).not.toContain(secret);
    expect(seen[0]).toContain("I was charged twice");
    expect(seen[0]).toContain("Refund €18.00 on invoice INV-0001");
  });

  test("the answer reveals everything to its auditor, and to no other one before the judgement", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId, decisionId } = await anOpenAudit(db, org, desk);
    const revealed = await answerBlind(org.auditor, { auditId, answer: "negative" });
    expect(revealed.reveal).toMatchObject({
      decision_id: decisionId,
      predicted: "positive",
      confidence: secrets.confidence,
      execution: { status: "succeeded", reference: secrets.externalReference },
      decided_by: "router",
      pi: 0.25,
    });
    const other = await getAudit(await org.person("auditor"), { auditId });
    expect([other.reveal, other.blind_answer]).toEqual([null, null]);
  });

  test("an answer never changes after the reveal; the same again is no error", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId } = await anOpenAudit(db, org, desk);
    await answerBlind(org.auditor, { auditId, answer: "negative" });
    await expect(answerBlind(org.auditor, { auditId, answer: "positive" })).rejects.toMatchObject({
      kind: "conflict",
    });
    expect((await answerBlind(org.auditor, { auditId, answer: "negative" })).blind_answer).toBe("negative");
  });

  test("nobody takes over an audit whose auditor has seen the model, not even after the lease", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId } = await anOpenAudit(db, org, desk);
    await answerBlind(org.auditor, { auditId, answer: "negative" });
    await rowsOf(
      db,
      sql`update audit_judgements set lease_until = now() - interval '1 day' where audit_id = ${auditId}`,
    );
    const other = await org.person("auditor");
    await expect(claimAudit(other, { auditId })).rejects.toMatchObject({ code: "lease_lost" });
    await expect(answerBlind(other, { auditId, answer: "positive" })).rejects.toMatchObject({
      kind: "conflict",
    });
    await expect(judgeAudit(other, { auditId, ruling: correct })).rejects.toMatchObject({ kind: "conflict" });
    expect(await claimNextAudit(other, { exclude: [] })).toBeNull();
  });

  test("a judgement without an answer is refused, and the table refuses it too", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId } = await anOpenAudit(db, org, desk);
    await claimAudit(org.auditor, { auditId });
    await expect(judgeAudit(org.auditor, { auditId, ruling: correct })).rejects.toMatchObject({
      code: "blind_answer_required",
    });
    await expect(
      rowsOf(db, sql`update audits set status = 'done', judgement = 'correct' where id = ${auditId}`),
    ).rejects.toThrow();
  });
});

describe("a judgement", () => {
  test("labels the decision with the propensity of its draw, tells and journals it", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId, decisionId } = await anOpenAudit(db, org, desk, { pi: 0.25 });
    await answerBlind(org.auditor, { auditId, answer: "negative" });
    const ruling = {
      judgement: "incorrect",
      cause: "context",
      note: "the invoice was already refunded",
    } as const;
    const view = await judgeAudit(org.auditor, { auditId, ruling });
    expect(view).toMatchObject({ status: "done", judgement: "incorrect", cause: "context" });
    const [label] = await db.select().from(labels).where(eq(labels.decisionId, decisionId));
    expect(label).toMatchObject({ source: "audit", truth: "negative", piLabel: 0.25 });
    expect((await decisionOf(db, decisionId)).truth).toBe("negative");
    const told = await db.select().from(events).where(eq(events.subject, auditId));
    expect(told.map(({ type }) => type)).toEqual([
      "audit.requested",
      "audit.completed",
      "audit.disagreement",
    ]);
    const entries = await db.select().from(journal).where(eq(journal.subject, auditId));
    expect(entries.map(({ action }) => action)).toEqual(["audits.opened", "audit.answered", "audit.judged"]);
    expect(await judgeAudit(org.auditor, { auditId, ruling })).toMatchObject({ status: "done" });
    await expect(judgeAudit(org.auditor, { auditId, ruling: correct })).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  test("borderline counts as wrong; correct is no disagreement", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const doubtful = await anOpenAudit(db, org, desk, { route: "decline" });
    await answerBlind(org.auditor, { auditId: doubtful.auditId, answer: "positive" });
    await judgeAudit(org.auditor, { auditId: doubtful.auditId, ruling: { judgement: "borderline" } });
    expect((await decisionOf(db, doubtful.decisionId)).truth).toBe("positive");
    const right = await anOpenAudit(db, org, desk);
    await answerBlind(org.auditor, { auditId: right.auditId, answer: "positive" });
    await judgeAudit(org.auditor, { auditId: right.auditId, ruling: correct });
    const told = await db.select().from(events).where(eq(events.subject, right.auditId));
    expect(told.map(({ type }) => type)).toEqual(["audit.requested", "audit.completed"]);
  });

  test("is an auditor's alone, of this organisation", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId } = await anOpenAudit(db, org, desk);
    for (const who of [org.admin, org.reviewer, org.system]) {
      await expect(answerBlind(who, { auditId, answer: "positive" })).rejects.toMatchObject({
        kind: "forbidden",
      });
      await expect(claimNextAudit(who, { exclude: [] })).rejects.toMatchObject({ kind: "forbidden" });
    }
    await expect(getAudit(org.reviewer, { auditId })).rejects.toMatchObject({ kind: "forbidden" });
    const stranger = (await anOrg(db)).auditor;
    await expect(getAudit(stranger, { auditId })).rejects.toMatchObject({ kind: "not_found" });
    await expect(answerBlind(stranger, { auditId, answer: "positive" })).rejects.toMatchObject({
      kind: "not_found",
    });
    await expect(claimAudit(stranger, { auditId })).rejects.toMatchObject({ kind: "not_found" });
  });

  test("of two auditors who answer at once one is told that the other holds it", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const { auditId } = await anOpenAudit(db, org, desk);
    const other = await org.person("auditor");
    const both = await Promise.allSettled([
      answerBlind(org.auditor, { auditId, answer: "positive" }),
      answerBlind(other, { auditId, answer: "negative" }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { kind: "conflict", code: "lease_lost" },
    });
  });
});

describe("the worklist", () => {
  test("next gives two auditors two audits, one's own unfinished one again, and then nothing", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const first = await anOpenAudit(db, org, desk);
    const second = await anOpenAudit(db, org, desk);
    const other = await org.person("auditor");
    const mine = await claimNextAudit(org.auditor, { exclude: [] });
    const theirs = await claimNextAudit(other, { exclude: [] });
    expect(new Set([mine?.id, theirs?.id])).toEqual(new Set([first.auditId, second.auditId]));
    expect((await claimNextAudit(org.auditor, { exclude: [] }))?.id).toBe(mine?.id);
    expect(await claimNextAudit(org.auditor, { exclude: [mine?.id ?? ""] })).toBeNull();
    await rowsOf(
      db,
      sql`update audit_judgements set lease_until = now() - interval '1 minute' where audit_id = ${theirs?.id}`,
    );
    expect((await claimNextAudit(org.auditor, { exclude: [mine?.id ?? ""] }))?.id).toBe(theirs?.id);
  });

  test("pages by keyset, and its counts come from the same predicate", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const made = [];
    for (let i = 0; i < 5; i += 1) made.push((await anOpenAudit(db, org, desk)).auditId);
    const page = await listAudits(org.auditor, { tab: "open", limit: 2 });
    expect([page.data.map(({ id }) => id), page.has_more]).toEqual([made.slice(0, 2), true]);
    const rest = await listAudits(org.auditor, { tab: "open", limit: 10, starting_after: made[1] });
    expect(rest.data.map(({ id }) => id)).toEqual(made.slice(2));
    const back = await listAudits(org.auditor, { tab: "open", limit: 1, ending_before: made[2] });
    expect(back.data.map(({ id }) => id)).toEqual([made[1]]);
    const [one = "", two = ""] = made;
    await answerBlind(org.auditor, { auditId: one, answer: "positive" });
    await judgeAudit(org.auditor, { auditId: one, ruling: correct });
    await claimAudit(org.auditor, { auditId: two });
    const progress = await auditProgress(org.admin);
    expect(progress).toMatchObject({
      open: 3,
      claimed: 1,
      done: 1,
      overdue: 0,
      auditors: [{ today: 1, week: 1, done: 1 }],
    });
    const mine = await listAudits(org.auditor, { tab: "mine", limit: 10 });
    expect(mine.data.map(({ id }) => id)).toEqual([two]);
    const done = await listAudits(org.auditor, { tab: "done", limit: 10, app: desk.app, type: desk.typeKey });
    expect(done.data.map(({ id }) => id)).toEqual([one]);
    const [stored] = await db.select().from(audits).where(eq(audits.id, one));
    expect(stored?.status).toBe("done");
  });
});
