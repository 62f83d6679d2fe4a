import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { labels } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg } from "@/db/testing-fixtures";
import { answerBlind } from "./answer-blind";
import { createPlan } from "./create-plan";
import { drawPlan } from "./draw-plan";
import { judgeAudit } from "./judge-audit";
import { listAudits } from "./list-audits";
import { sendToAudit } from "./send-to-audit";
import { anAutonomousDesk, aDrawnDecision, aPlan, aQuietDecision, decisionOf } from "./testing-audits";

const { db } = await testDatabase();
beforeAll(() => void vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "for tests only"));

describe("sent by choice", () => {
  test("its judgement is kept and makes no label; whoever sent it does not judge it", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const decision = await aQuietDecision(db, org, desk);
    const sent = await sendToAudit(org.auditor, { decision, reason: "odd" });
    expect((await listAudits(org.auditor, { tab: "open", limit: 10 })).data).toEqual([]);
    await expect(answerBlind(org.auditor, { auditId: sent.id, answer: "positive" })).rejects.toMatchObject({
      kind: "conflict",
    });
    const other = await org.person("auditor");
    const revealed = await answerBlind(other, { auditId: sent.id, answer: "positive" });
    expect(revealed.reveal).toMatchObject({ pi: null, sent: { reason: "odd" } });
    await judgeAudit(other, { auditId: sent.id, ruling: { judgement: "borderline" } });
    expect(await db.select().from(labels).where(eq(labels.decisionId, decision))).toEqual([]);
    expect(await decisionOf(db, decision)).toMatchObject({ truth: null, truthPi: null });
    await expect(sendToAudit(org.admin, { decision })).rejects.toMatchObject({ kind: "conflict" });
  });

  test("when a draw chooses it too it becomes part of the sample, with the chance of the draw", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const decision = await aQuietDecision(db, org, desk);
    const sent = await sendToAudit(org.admin, { decision });
    await answerBlind(org.auditor, { auditId: sent.id, answer: "positive" });
    await judgeAudit(org.auditor, { auditId: sent.id, ruling: { judgement: "borderline" } });
    const plan = await createPlan(org.auditor, aPlan());
    expect((await drawPlan(org.admin, { planId: plan.id })).progress).toMatchObject({ drawn: 1, judged: 1 });
    expect(await decisionOf(db, decision)).toMatchObject({ truth: "positive", truthPi: 1 });
  });

  test("what is under way, drawn or not there cannot be sent", async () => {
    const { org, desk } = await anAutonomousDesk(db);
    const drawn = await aDrawnDecision(db, org, desk, { execution: "pending" });
    const waiting = await aDecision(db, org, desk, { status: "in_review" });
    for (const { id } of [drawn, waiting]) {
      await expect(sendToAudit(org.admin, { decision: id })).rejects.toMatchObject({ kind: "conflict" });
    }
    const stranger = (await anOrg(db)).admin;
    await expect(sendToAudit(stranger, { decision: waiting.id })).rejects.toMatchObject({
      kind: "not_found",
    });
  });
});
