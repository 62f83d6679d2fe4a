import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { planAudits } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { scopes } from "@/lib/identity/schema";
import { NewPlan, PreviewPlan } from "../plans";
import { answerBlind } from "./answer-blind";
import { closePlan } from "./close-plan";
import { createPlan } from "./create-plan";
import { archiveRubric, createRubric } from "./create-rubric";
import { drawPlan } from "./draw-plan";
import { getPlan } from "./get-plan";
import { judgeAudit } from "./judge-audit";
import { listAudits } from "./list-audits";
import { listPlans } from "./list-plans";
import { listRubrics } from "./list-rubrics";
import { previewPlan } from "./preview-plan";
import { sendToAudit } from "./send-to-audit";
import { anAutonomousDesk, aPlan, aQuietDecision, auditsOf } from "./testing-audits";

const { db } = await testDatabase();
beforeAll(() => void vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "for tests only"));

const everything = { kind: "random", spec: { strata: [{ name: "all", rate: 1 }] } } as const;

describe("populations", () => {
  test("strata take each decision once, the first that holds it, at its own rate", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    for (const confidence of [0.9, 0.92, 0.97, 1]) await aQuietDecision(db, org, desk, { confidence });
    await aQuietDecision(db, org, desk, { confidence: null });
    const spec = {
      strata: [
        { name: "unsure", confidence: [0.9, 0.95], rate: 1 },
        { name: "sure, and left alone", confidence: [0.9, 1], predicted: "negative", rate: 0.5 },
        { name: "sure, and acted", confidence: [0.9, 1], predicted: "positive", rate: 1 },
      ],
    };
    const found = await previewPlan(
      org.auditor,
      PreviewPlan.parse({ kind: "stratified", spec, margin: 0.1 }),
    );
    expect(found.strata.map(({ eligible, expected }) => [eligible, expected])).toEqual([
      [2, 2],
      [2, 1],
      [0, 0],
    ]);
    expect(found.total).toMatchObject({ eligible: 4, expected: 3, audited_before: 0 });
    expect(found.strata[0]?.margin).toBe(0);
    expect(found.required?.n).toBeLessThanOrEqual(4);
    // Nothing is judged: one error is assumed everywhere, and both ways of spreading are one.
    expect(found.required?.neyman_rates).toEqual(found.required?.rates);
    expect(await auditsOf(db, org.orgId)).toEqual([]);
  });

  test("a policy_hit plan looks at the reasons of the route", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const over = [{ kind: "cap", code: "over_cap", message: "" }] as const;
    await aQuietDecision(db, org, desk, { reasons: [...over] });
    await aQuietDecision(db, org, desk);
    const body = PreviewPlan.parse({
      ...everything,
      kind: "policy_hit",
      spec: { ...everything.spec, reasons: ["over_cap"] },
    });
    expect((await previewPlan(org.auditor, body)).total.eligible).toBe(1);
  });

  test("a segment plan draws what its expression holds for, and says what is wrong with a wrong one", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const large = await aQuietDecision(db, org, desk, { amount: 90_000 });
    await aQuietDecision(db, org, desk, { amount: 100 });
    await aQuietDecision(db, org, desk, { amount: null, currency: null });
    const segment = (text: string) =>
      aPlan({ kind: "segment", spec: { segment: text, strata: [{ name: "all", rate: 1 }] } });
    const plan = await createPlan(org.auditor, segment("decision.amount > 50000.0"));
    await drawPlan(org.auditor, { planId: plan.id });
    expect((await auditsOf(db, org.orgId)).map(({ decisionId }) => decisionId)).toEqual([large]);
    for (const wrong of ["decision.amount >", "decision.nothing == 1", 'decision.severity == "high"']) {
      await expect(createPlan(org.auditor, segment(wrong))).rejects.toMatchObject({
        code: "validation_failed",
        errors: [{ pointer: "/spec/segment" }],
      });
    }
  });

  test("a plan must fit its kind", () => {
    const two = [
      { name: "a", rate: 1 },
      { name: "b", rate: 1 },
    ];
    expect(NewPlan.safeParse({ name: "x", kind: "random", spec: { strata: two } }).success).toBe(false);
    expect(NewPlan.safeParse({ name: "x", kind: "policy_hit", spec: everything.spec }).success).toBe(false);
    expect(NewPlan.safeParse({ name: "x", kind: "segment", spec: everything.spec }).success).toBe(false);
    expect(NewPlan.safeParse({ name: "x", kind: "stratified", spec: { strata: two } }).success).toBe(true);
  });
});

describe("what comes of it", () => {
  test("the estimate weighs by the plan's own chances and says nothing on too few", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    for (let i = 0; i < 32; i += 1) await aQuietDecision(db, org, desk);
    const plan = await createPlan(org.auditor, aPlan());
    await drawPlan(org.auditor, { planId: plan.id });
    const made = await auditsOf(db, org.orgId);
    for (const [i, { id }] of made.entries()) {
      if (i === 29) {
        expect((await getPlan(org.auditor, { planId: plan.id })).error).toMatchObject({
          value: null,
          n: 29,
          needed: 30,
        });
      }
      await answerBlind(org.auditor, { auditId: id, answer: "negative" });
      const ruling = i < 8 ? ({ judgement: "borderline" } as const) : ({ judgement: "correct" } as const);
      await judgeAudit(org.auditor, { auditId: id, ruling });
    }
    const seen = await getPlan(org.admin, { planId: plan.id });
    expect(seen.error).toMatchObject({ value: 0.25, n: 32 });
    expect(seen.strata[0]).toMatchObject({ judged: 32, error: { value: 0.25 } });
    expect(seen.auditors).toMatchObject([{ judged: 32 }]);
    const inPlan = await listAudits(org.auditor, { tab: "done", limit: 100, plan: plan.id });
    expect(inPlan.data).toHaveLength(32);
    expect(await db.select().from(planAudits).where(eq(planAudits.planId, plan.id))).toHaveLength(32);
    await closePlan(org.auditor, { planId: plan.id });
    expect((await listPlans(org.auditor, { limit: 10 })).data).toMatchObject([{ status: "closed" }]);
  });

  test("a rubric's questions must all be answered, with answers it has; they are counted once done", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const rubric = await createRubric(org.auditor, {
      name: "Tone",
      keys: [{ key: "polite", question: "Was it polite?", answers: ["yes", "no"] }],
    });
    await aQuietDecision(db, org, desk);
    const plan = await createPlan(org.auditor, aPlan({ rubric: rubric.id }));
    await drawPlan(org.auditor, { planId: plan.id });
    const [audit] = await auditsOf(db, org.orgId);
    const auditId = audit?.id ?? "";
    const view = await answerBlind(org.auditor, { auditId, answer: "negative" });
    expect(view.rubric?.keys).toHaveLength(1);
    const refused: (Record<string, number> | undefined)[] = [
      undefined,
      { polite: 3 },
      { polite: 1, other: 1 },
    ];
    for (const given of refused) {
      const ruling = { judgement: "correct", ...(given ? { rubric: given } : {}) } as const;
      await expect(judgeAudit(org.auditor, { auditId, ruling })).rejects.toMatchObject({
        code: "validation_failed",
      });
    }
    await judgeAudit(org.auditor, { auditId, ruling: { judgement: "correct", rubric: { polite: 2 } } });
    expect((await getPlan(org.auditor, { planId: plan.id })).rubric_answers[0]?.answers).toEqual([
      { answer: "yes", count: 0 },
      { answer: "no", count: 1 },
    ]);
    await archiveRubric(org.auditor, { rubricId: rubric.id });
    expect((await listRubrics(org.auditor, { limit: 10 })).data).toEqual([]);
    await expect(createPlan(org.auditor, aPlan({ rubric: rubric.id }))).rejects.toMatchObject({
      code: "validation_failed",
    });
  });
});

test("planning is for auditors and admins", async () => {
  const { org, desk } = await anAutonomousDesk(db);
  for (const who of [org.reviewer, await org.keyOf(desk.app, [...scopes])]) {
    await expect(createPlan(who, aPlan())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(drawPlan(who, { planId: "pln_x" })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(sendToAudit(who, { decision: "dec_x" })).rejects.toMatchObject({ kind: "forbidden" });
  }
  const plan = await createPlan(org.admin, aPlan());
  const stranger = (await anOrg(db)).auditor;
  await expect(getPlan(stranger, { planId: plan.id })).rejects.toMatchObject({ kind: "not_found" });
  await expect(drawPlan(stranger, { planId: plan.id })).rejects.toMatchObject({ kind: "not_found" });
});
