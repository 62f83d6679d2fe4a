import { and, eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { auditChances, decisions, events, journal, labels } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { combinedChance } from "../chances";
import { answerBlind } from "./answer-blind";
import { createPlan } from "./create-plan";
import { drawPlan } from "./draw-plan";
import { getPlan } from "./get-plan";
import { judgeAudit } from "./judge-audit";
import { openDueAudits } from "./open-due-audits";
import { coinOf, planKey } from "./plan-coin";
import {
  anAutonomousDesk,
  anOpenAudit,
  aDrawnDecision,
  aPlan,
  aQuietDecision,
  auditsOf,
  decisionOf,
} from "./testing-audits";

const { db } = await testDatabase();
beforeAll(() => void vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "for tests only"));

describe("a draw", () => {
  test("gives each decision the coin that its plan's key and its id give, on any machine", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const ids = [];
    for (let i = 0; i < 40; i += 1) ids.push(await aQuietDecision(db, org, desk));
    const plan = await createPlan(
      org.auditor,
      aPlan({ kind: "random", spec: { strata: [{ name: "all", rate: 0.5 }] } }),
    );
    const drawn = await drawPlan(org.auditor, { planId: plan.id });
    const key = planKey(plan.id);
    const expected = ids.filter((id) => coinOf(key, id) < 0.5);
    const made = await auditsOf(db, org.orgId);
    expect(new Set(made.map(({ decisionId }) => decisionId))).toEqual(new Set(expected));
    expect(drawn.progress).toMatchObject({
      eligible: 40,
      drawn: expected.length,
      audited_before: 0,
      judged: 0,
    });
    for (const audit of made) {
      expect(audit).toMatchObject({ planId: plan.id, stratum: "all", status: "open" });
      expect(audit.piLabel).toBeCloseTo(combinedChance(0.1, 0.5), 12);
      expect(audit.id).toMatch(/^aud_[0-9a-z]{26}$/);
    }
  });

  test("does not open again what routing drew, and raises its propensity, its label's and its decision's", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const judged = await anOpenAudit(db, org, desk, { pi: 0.25 });
    await answerBlind(org.auditor, { auditId: judged.auditId, answer: "positive" });
    await judgeAudit(org.auditor, { auditId: judged.auditId, ruling: { judgement: "correct" } });
    const open = await anOpenAudit(db, org, desk, { pi: 0.5 });
    const fresh = await aQuietDecision(db, org, desk);
    const plan = await createPlan(
      org.auditor,
      aPlan({ kind: "random", spec: { strata: [{ name: "all", rate: 0.999999 }] } }),
    );
    const { progress } = await drawPlan(org.auditor, { planId: plan.id });
    expect(progress).toMatchObject({ eligible: 3, drawn: 1, audited_before: 2, judged: 1 });
    const after = new Map((await auditsOf(db, org.orgId)).map((audit) => [audit.decisionId, audit.piLabel]));
    expect(after.size).toBe(3);
    expect(after.get(judged.decisionId)).toBeCloseTo(combinedChance(0.25, 0.999999), 12);
    expect(after.get(open.decisionId)).toBeCloseTo(combinedChance(0.5, 0.999999), 12);
    expect(after.get(fresh)).toBeCloseTo(combinedChance(0.1, 0.999999), 12);
    const [label] = await db.select().from(labels).where(eq(labels.decisionId, judged.decisionId));
    expect(label?.piLabel).toBe(after.get(judged.decisionId));
    expect((await decisionOf(db, judged.decisionId)).truthPi).toBe(after.get(judged.decisionId));
  });

  test("a second plan knows the first: the chances of both are in every decision of the population", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const ids = [];
    for (let i = 0; i < 20; i += 1) ids.push(await aQuietDecision(db, org, desk));
    for (const rate of [0.3, 0.6]) {
      const plan = await createPlan(
        org.auditor,
        aPlan({ kind: "random", spec: { strata: [{ name: "all", rate }] } }),
      );
      await drawPlan(org.auditor, { planId: plan.id });
    }
    const both = combinedChance(combinedChance(0.1, 0.3), 0.6);
    const chances = await db.select().from(auditChances).where(inArray(auditChances.decisionId, ids));
    expect(chances).toHaveLength(20);
    for (const { pi } of chances) expect(pi).toBeCloseTo(both, 12);
    for (const { piLabel } of await auditsOf(db, org.orgId)) expect(piLabel).toBeCloseTo(both, 12);
  });

  test("opens what routing drew and nobody opened yet, once, whoever else is opening", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    for (let i = 0; i < 4; i += 1) await aDrawnDecision(db, org, desk, { route: "decline", pi: 0.5 });
    const waiting = await aDrawnDecision(db, org, desk, { execution: "pending", pi: 0.5 });
    const plan = await createPlan(
      org.auditor,
      aPlan({ kind: "random", spec: { strata: [{ name: "all", rate: 0.2 }] } }),
    );
    await Promise.all([drawPlan(org.auditor, { planId: plan.id }), openDueAudits(org.system)]);
    const made = await auditsOf(db, org.orgId);
    expect(made).toHaveLength(4);
    for (const { piLabel } of made) expect(piLabel).toBeCloseTo(0.6, 12);
    expect(made.map(({ decisionId }) => decisionId)).not.toContain(waiting.id);
    expect((await getPlan(org.auditor, { planId: plan.id })).progress).toMatchObject({
      eligible: 4,
      drawn: 0,
    });
    const pending = await db
      .select()
      .from(decisions)
      .where(and(eq(decisions.orgId, org.orgId), eq(decisions.auditPending, true)));
    expect(pending.map(({ id }) => id)).toEqual([waiting.id]);
  });

  test("leaves out what did not run and what is another organisation's", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    await aDrawnDecision(db, org, desk, { execution: "failed" });
    await aDrawnDecision(db, org, desk, { execution: "unknown" });
    const other = await anAutonomousDesk(db);
    await aQuietDecision(db, other.org, other.desk);
    const plan = await createPlan(org.auditor, aPlan());
    expect((await drawPlan(org.auditor, { planId: plan.id })).progress.eligible).toBe(0);
  });

  test("happens once, of two at the same time too, and is journalled and told", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    await aQuietDecision(db, org, desk);
    const plan = await createPlan(org.auditor, aPlan());
    const both = await Promise.allSettled([1, 2].map(() => drawPlan(org.auditor, { planId: plan.id })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "conflict" } });
    expect(await auditsOf(db, org.orgId)).toHaveLength(1);
    const entries = await db.select().from(journal).where(eq(journal.subject, plan.id));
    expect(entries.map(({ action }) => action)).toEqual(["audit_plan.created", "audit_plan.drawn"]);
    const told = await db.select().from(events).where(eq(events.subject, plan.id));
    expect(told.map(({ type }) => type)).toEqual(["audit.plan_drawn"]);
  });

  test("of decisions a person ruled on weighs an audit by its own chance, and their truth by the label that was certain", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const id = await aQuietDecision(db, org, desk, {
      route: "review",
      piLabel: 1,
      piRef: 1,
      decidedBy: "user:usr_x",
    });
    const rate = 0.999999;
    const plan = await createPlan(
      org.auditor,
      aPlan({ kind: "random", spec: { routes: ["review"], strata: [{ name: "all", rate }] } }),
    );
    await drawPlan(org.auditor, { planId: plan.id });
    const [audit] = await auditsOf(db, org.orgId);
    expect(audit?.piLabel).toBeCloseTo(rate, 12);
    await answerBlind(org.auditor, { auditId: audit?.id ?? "", answer: "positive" });
    await judgeAudit(org.auditor, { auditId: audit?.id ?? "", ruling: { judgement: "correct" } });
    expect((await decisionOf(db, id)).truthPi).toBe(1);
    const [label] = await db.select().from(labels).where(eq(labels.decisionId, id));
    expect(label?.piLabel).toBeCloseTo(rate, 12);
  });
});
