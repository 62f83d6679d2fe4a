import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditJudgements, audits, events, journal, labels } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { rowsOf } from "@/lib/server/rows";
import type { Context } from "@/lib/server/context";
import { getDecisionRecord } from "@/lib/decisions/server/get-decision-record";
import { mayHear } from "@/lib/server/live";
import type { Judging } from "../schema";
import { answerBlind } from "./answer-blind";
import { auditProgress } from "./audit-progress";
import { claimAudit } from "./claim-audit";
import { claimNextAudit } from "./claim-next-audit";
import { countOpenAudits } from "./count-open-audits";
import { getAudit } from "./get-audit";
import { judgeAudit } from "./judge-audit";
import { listAudits } from "./list-audits";
import { anAutonomousDesk, anOpenAudit, decisionOf } from "./testing-audits";

const { db } = await testDatabase();
const correct: Judging = { judgement: "correct" };
const incorrect: Judging = { judgement: "incorrect", cause: "context", note: "NOTE-of-the-first" };

async function forTwo() {
  const { org, desk } = await anAutonomousDesk(db);
  const audit = await anOpenAudit(db, org, desk, { judges: 2 });
  const [bo, cy] = [await org.person("auditor"), await org.person("auditor")];
  return { org, desk, ada: org.auditor, bo, cy, ...audit };
}

async function gives(who: Context, auditId: string, ruling: Judging) {
  await answerBlind(who, { auditId, answer: ruling.judgement === "correct" ? "positive" : "negative" });
  return judgeAudit(who, { auditId, ruling });
}

/** Everything an auditor can read of audits, by API and by page. */
async function allThatIsShown(
  who: Context,
  { auditId, decisionId }: { auditId: string; decisionId: string },
) {
  const { auditors: _, ...counts } = await auditProgress(who);
  return {
    audit: await getAudit(who, { auditId }),
    open: await listAudits(who, { tab: "open", limit: 25 }),
    mine: await listAudits(who, { tab: "mine", limit: 25 }),
    waiting: await listAudits(who, { tab: "waiting", limit: 25 }),
    done: await listAudits(who, { tab: "done", limit: 25 }),
    counts,
    badge: await countOpenAudits(who),
    record: await getDecisionRecord(who, { decisionId }).then(({ audit, blind, history, labels }) => ({
      audit,
      blind,
      history,
      labels,
    })),
  };
}

describe("blind to each other", () => {
  test("nothing a second auditor can read changes when the first claims, answers and judges", async () => {
    const it = await forTwo();
    const before = await allThatIsShown(it.bo, it);
    await claimAudit(it.ada, it);
    expect(await allThatIsShown(it.bo, it)).toEqual(before);
    await answerBlind(it.ada, { auditId: it.auditId, answer: "negative" });
    expect(await allThatIsShown(it.bo, it)).toEqual(before);
    await judgeAudit(it.ada, { auditId: it.auditId, ruling: incorrect });
    expect(await allThatIsShown(it.bo, it)).toEqual(before);
    expect(before.audit).toMatchObject({ status: "open", held_by: null, answers: null, judgement: null });
  });

  test("after their own answer the second sees the model, and still nothing of the first", async () => {
    const it = await forTwo();
    await gives(it.ada, it.auditId, incorrect);
    const revealed = await answerBlind(it.bo, { auditId: it.auditId, answer: "positive" });
    expect(revealed.reveal).not.toBeNull();
    expect(revealed).toMatchObject({ answers: null, judgement: null, blind_answer: "positive", cause: null });
    expect(JSON.stringify(revealed)).not.toContain("NOTE-of-the-first");
  });

  test("an adjudicator cannot tell a disputed audit from a fresh one before answering", async () => {
    const it = await forTwo();
    const before = await allThatIsShown(it.cy, it);
    await gives(it.ada, it.auditId, incorrect);
    await gives(it.bo, it.auditId, correct);
    expect(await allThatIsShown(it.cy, it)).toEqual(before);
    expect(mayHear("auditor", "audit.disputed")).toBe(false);
    expect(mayHear("admin", "audit.disputed")).toBe(true);
  });

  test("until it is done the journal says that somebody judged, never what", async () => {
    const it = await forTwo();
    await gives(it.ada, it.auditId, incorrect);
    const entries = await db.select().from(journal).where(eq(journal.subject, it.auditId));
    const told = entries.filter(({ action }) => action !== "audits.opened").map(({ entry }) => entry);
    expect(told).toHaveLength(2);
    for (const entry of told) expect(entry).not.toMatch(/negative|incorrect|context/);
    await gives(it.bo, it.auditId, incorrect);
    const [last] = (await db.select().from(journal).where(eq(journal.subject, it.auditId))).slice(-1);
    expect(last?.entry).toContain('"answers"');
  });

  test("the table itself takes no judgement without an answer", async () => {
    const it = await forTwo();
    await claimAudit(it.ada, it);
    await expect(
      rowsOf(db, sql`update audit_judgements set judgement = 'correct' where audit_id = ${it.auditId}`),
    ).rejects.toThrow();
  });
});

describe("what they come to", () => {
  test("one of two is no result: no label, and it waits for the other in their own list only", async () => {
    const it = await forTwo();
    const view = await gives(it.ada, it.auditId, correct);
    expect(view).toMatchObject({ status: "waiting", judgement: null, answers: [{ judgement: "correct" }] });
    expect((await decisionOf(db, it.decisionId)).truth).toBeNull();
    expect((await listAudits(it.ada, { tab: "open", limit: 25 })).data).toEqual([]);
    expect((await listAudits(it.ada, { tab: "waiting", limit: 25 })).data).toHaveLength(1);
    expect(await auditProgress(it.ada)).toMatchObject({ open: 0, waiting: 1, done: 0 });
    await expect(gives(it.ada, it.auditId, incorrect)).rejects.toMatchObject({ kind: "conflict" });
  });

  test("two who agree: done with that judgement, one label with the propensity of the draw", async () => {
    const it = await forTwo();
    await gives(it.ada, it.auditId, incorrect);
    const view = await gives(it.bo, it.auditId, incorrect);
    expect(view).toMatchObject({
      status: "done",
      judgement: "incorrect",
      cause: "context",
      answers: [{}, {}],
    });
    expect(await db.select().from(labels).where(eq(labels.decisionId, it.decisionId))).toMatchObject([
      { source: "audit", truth: "negative", piLabel: 0.25 },
    ]);
    const told = await db.select().from(events).where(eq(events.subject, it.auditId));
    expect(told.map(({ type }) => type)).toEqual([
      "audit.requested",
      "audit.completed",
      "audit.disagreement",
    ]);
  });

  test("two who differ: disputed, and a third who has seen all answers after their own has the last word", async () => {
    const it = await forTwo();
    await gives(it.ada, it.auditId, incorrect);
    const second = await gives(it.bo, it.auditId, correct);
    expect(second).toMatchObject({ status: "disputed", judgement: null, answers: [{}, {}] });
    expect((await decisionOf(db, it.decisionId)).truth).toBeNull();
    for (const judge of [it.ada, it.bo]) {
      expect(await claimNextAudit(judge, { exclude: [] })).toBeNull();
      await expect(claimAudit(judge, it)).rejects.toMatchObject({ kind: "conflict" });
    }
    expect((await claimNextAudit(it.cy, { exclude: [] }))?.answers).toBeNull();
    const open = await answerBlind(it.cy, { auditId: it.auditId, answer: "negative" });
    expect(open).toMatchObject({ adjudicating: true, answers: [{ judgement: "incorrect" }, {}] });
    const done = await judgeAudit(it.cy, { auditId: it.auditId, ruling: incorrect });
    expect(done).toMatchObject({
      status: "done",
      judgement: "incorrect",
      answers: [{}, {}, { adjudication: true }],
    });
    const [stored] = await db.select().from(audits).where(eq(audits.id, it.auditId));
    expect(stored?.adjudicatedBy).toBe(`user:${it.cy.actor.id}`);
    expect(await db.select().from(labels).where(eq(labels.decisionId, it.decisionId))).toHaveLength(1);
  });

  test("an admin is told of disputes, and never asked", async () => {
    const it = await forTwo();
    await gives(it.ada, it.auditId, incorrect);
    await gives(it.bo, it.auditId, correct);
    const waiting = await listAudits(it.org.admin, { tab: "waiting", limit: 25 });
    expect(waiting.data.map(({ status }) => status)).toEqual(["disputed"]);
    expect((await getAudit(it.org.admin, it)).answers).toBeNull();
  });
});

describe("places", () => {
  test("of three who answer at once two get a place, and the third is told nothing of them", async () => {
    const it = await forTwo();
    const all = await Promise.allSettled(
      [it.ada, it.bo, it.cy].map((who) => answerBlind(who, { auditId: it.auditId, answer: "positive" })),
    );
    expect(all.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "fulfilled", "rejected"]);
    const refused = all.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "lease_lost", extra: { held_by: null } } });
    expect(
      await db.select().from(auditJudgements).where(eq(auditJudgements.auditId, it.auditId)),
    ).toHaveLength(2);
  });

  test("of two who judge at once the second completes it: one result, one label", async () => {
    const it = await forTwo();
    for (const who of [it.ada, it.bo]) {
      await answerBlind(who, { auditId: it.auditId, answer: "positive" });
    }
    const views = await Promise.all(
      [it.ada, it.bo].map((who) => judgeAudit(who, { auditId: it.auditId, ruling: correct })),
    );
    expect(views.map(({ status }) => status).toSorted()).toEqual(["done", "waiting"]);
    const told = await db.select().from(events).where(eq(events.subject, it.auditId));
    expect(told.filter(({ type }) => type === "audit.completed")).toHaveLength(1);
  });

  test("an unanswered place is free again once its lease is over; an answered one never", async () => {
    const it = await forTwo();
    await claimAudit(it.ada, it);
    await answerBlind(it.bo, { auditId: it.auditId, answer: "positive" });
    expect(await claimNextAudit(it.cy, { exclude: [] })).toBeNull();
    await rowsOf(
      db,
      sql`update audit_judgements set lease_until = now() - interval '1 minute' where audit_id = ${it.auditId}`,
    );
    expect((await claimNextAudit(it.cy, { exclude: [] }))?.id).toBe(it.auditId);
    await expect(claimAudit(it.ada, it)).rejects.toMatchObject({ code: "lease_lost" });
    expect(await judgeAudit(it.bo, { auditId: it.auditId, ruling: correct })).toMatchObject({
      status: "waiting",
    });
  });

  test("a disputed audit has one adjudicator at a time", async () => {
    const it = await forTwo();
    const di = await it.org.person("auditor");
    await gives(it.ada, it.auditId, incorrect);
    await gives(it.bo, it.auditId, correct);
    const both = await Promise.allSettled([claimAudit(it.cy, it), claimAudit(di, it)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});
