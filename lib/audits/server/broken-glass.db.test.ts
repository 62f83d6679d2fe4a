import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { audits, events, journal, labels } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { returnToReview } from "@/lib/execution/server/return-to-review";
import { newId } from "@/lib/kernel/ids";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import { aRuledReview, joins, named, type RuledReview } from "@/lib/reviews/server/testing-four-eyes";
import type { Context } from "@/lib/server/context";
import { answerBlind } from "./answer-blind";
import { claimNextAudit } from "./claim-next-audit";
import { createPlan } from "./create-plan";
import { drawPlan } from "./draw-plan";
import { getAudit } from "./get-audit";
import { judgeAudit } from "./judge-audit";
import { listAudits } from "./list-audits";
import { anOpenAudit, aPlan, decisionOf } from "./testing-audits";

const { db } = await testDatabase();
beforeAll(() => void vi.stubEnv("COUNTERSIGN_AUDIT_SECRET", "for tests only"));
const reason = "Everybody else is on leave";

/** Ana leads its queue, is alone in it, and approves without the others. */
async function aBrokenGlass() {
  const world = await aRuledReview(db);
  await joins(db, world, world.ana, "lead");
  const { executionId } = await breakGlass(world);
  const [audit] = await db.select().from(audits).where(eq(audits.decisionId, world.decisionId));
  if (!audit) throw new Error("no audit was opened");
  return { ...world, audit, executionId: executionId ?? "" };
}

function breakGlass({ ana, reviewId }: RuledReview, review: string = reviewId) {
  return resolveReview(ana, { reviewId: review, ruling: { verdict: "approve", break_glass: reason } });
}

const as = (ctx: Context, role: "auditor"): Context =>
  ctx.actor.kind === "user" ? { ...ctx, actor: { ...ctx.actor, role } } : ctx;
const open = { tab: "open", limit: 10 } as const;

describe("whoever breaks the glass is audited", () => {
  test("at once, in the verdict's own transaction, on record and told", async () => {
    const { ana, audit, decisionId } = await aBrokenGlass();
    expect(audit).toMatchObject({
      status: "open",
      brokeGlass: true,
      sentBy: named(ana),
      sentReason: reason,
      piLabel: null,
    });
    expect((audit.dueAt?.getTime() ?? 0) - audit.createdAt.getTime()).toBe(24 * 3_600_000);
    const told = await db.select().from(events).where(eq(events.subject, audit.id));
    expect(told).toMatchObject([{ type: "audit.requested", decisionId }]);
    const entries = await db.select().from(journal).where(eq(journal.subject, audit.id));
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([["audit.sent", named(ana)]]);
  });

  test("an ordinary approval opens none", async () => {
    const { ana, bo, approve, live, decisionId } = await aRuledReview(db);
    await approve(ana);
    await approve(bo, await live());
    expect(await db.select().from(audits).where(eq(audits.decisionId, decisionId))).toEqual([]);
  });

  test("shown as such to admins and after one's own answer, not to an auditor who is still blind", async () => {
    const { org, ana, audit } = await aBrokenGlass();
    expect((await listAudits(org.admin, open)).data).toMatchObject([{ id: audit.id, broke_glass: true }]);
    expect((await listAudits(org.auditor, open)).data).toMatchObject([{ id: audit.id, broke_glass: false }]);
    expect(await getAudit(org.auditor, { auditId: audit.id })).toMatchObject({
      broke_glass: false,
      reveal: null,
    });
    const answered = await answerBlind(org.auditor, { auditId: audit.id, answer: "positive" });
    expect(answered).toMatchObject({
      broke_glass: true,
      reveal: { pi: null, sent: { by: { id: ana.actor.id }, reason } },
    });
    await judgeAudit(org.auditor, {
      auditId: audit.id,
      ruling: { judgement: "incorrect", cause: "reviewer" },
    });
    const done = await listAudits(await org.person("auditor"), { tab: "done", limit: 10 });
    expect(done.data).toMatchObject([{ id: audit.id, broke_glass: true, judgement: "incorrect" }]);
  });

  test("chosen by what happened, it makes no label of the decision", async () => {
    const { org, audit, decisionId } = await aBrokenGlass();
    await answerBlind(org.auditor, { auditId: audit.id, answer: "negative" });
    await judgeAudit(org.auditor, {
      auditId: audit.id,
      ruling: { judgement: "incorrect", cause: "reviewer" },
    });
    const made = await db.select().from(labels).where(eq(labels.decisionId, decisionId));
    expect(made.map(({ source }) => source)).toEqual(["review"]);
  });

  test("it is judged before what waits longer", async () => {
    const world = await aRuledReview(db);
    await joins(db, world, world.ana, "lead");
    const older = await anOpenAudit(db, world.org, world.desk);
    await breakGlass(world);
    const first = await claimNextAudit(world.org.auditor, { exclude: [] });
    expect(first?.id).not.toBe(older.auditId);
    const second = await claimNextAudit(world.org.auditor, { exclude: [first?.id ?? ""] });
    expect(second?.id).toBe(older.auditId);
  });

  test("a plan that draws it makes it part of the sample, with the chance of the draw", async () => {
    const { org, audit, decisionId, executionId } = await aBrokenGlass();
    await db.execute(
      sql`update executions set status = 'in_flight', fence = fence + 1 where id = ${executionId}`,
    );
    await db.execute(
      sql`update executions set status = 'succeeded', settled_at = now() where id = ${executionId}`,
    );
    await answerBlind(org.auditor, { auditId: audit.id, answer: "positive" });
    await judgeAudit(org.auditor, { auditId: audit.id, ruling: { judgement: "correct" } });
    const spec = { routes: ["review"], strata: [{ name: "all", rate: 1 }] };
    const plan = await createPlan(org.auditor, aPlan({ spec }));
    expect((await drawPlan(org.admin, { planId: plan.id })).progress).toMatchObject({ drawn: 1, judged: 1 });
    const made = await db.select().from(labels).where(eq(labels.decisionId, decisionId));
    expect(made.map(({ source, piLabel }) => [source, piLabel])).toContainEqual(["audit", 1]);
    expect(await decisionOf(db, decisionId)).toMatchObject({ truthSource: "audit" });
  });
});

describe("whoever acted does not judge the act", () => {
  test("not whoever broke the glass, once they are an auditor", async () => {
    const { ana, audit } = await aBrokenGlass();
    const later = as(ana, "auditor");
    expect((await listAudits(later, open)).data).toEqual([]);
    expect(await claimNextAudit(later, { exclude: [] })).toBeNull();
    await expect(answerBlind(later, { auditId: audit.id, answer: "positive" })).rejects.toMatchObject({
      kind: "conflict",
    });
  });

  test("nor anybody who ruled on the decision as a reviewer", async () => {
    const world = await aRuledReview(db, { stages: [{ name: "Three people", minimum: 3 }] });
    await world.approve(world.bo);
    await joins(db, world, world.ana, "lead");
    await breakGlass(world, await world.live());
    const [audit] = await db.select().from(audits).where(eq(audits.decisionId, world.decisionId));
    const later = as(world.bo, "auditor");
    expect((await listAudits(later, open)).data).toEqual([]);
    await expect(answerBlind(later, { auditId: audit?.id ?? "", answer: "positive" })).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringMatching(/You ruled on this decision/),
    });
  });
});

test("what came back before it was sent, and is approved alone once more, is judged once more", async () => {
  const world = await aBrokenGlass();
  const { org, audit, executionId, decisionId } = world;
  await answerBlind(org.auditor, { auditId: audit.id, answer: "positive" });
  await judgeAudit(org.auditor, { auditId: audit.id, ruling: { judgement: "correct" } });
  const returned = { code: "changed", message: "Changed", changes: [] } as const;
  const back = await returnToReview(org.system, { executionId, returned: { ...returned, changes: [] } });
  await breakGlass(world, back?.reviewId);
  const again = await db.select().from(audits).where(eq(audits.decisionId, decisionId));
  expect(again).toMatchObject([{ id: audit.id, status: "open", judgement: null, brokeGlass: true }]);
  await answerBlind(org.auditor, { auditId: audit.id, answer: "negative" });
  const judged = await judgeAudit(org.auditor, {
    auditId: audit.id,
    ruling: { judgement: "incorrect", cause: "reviewer" },
  });
  expect(judged).toMatchObject({ status: "done", judgement: "incorrect" });
});

test("the database takes no broken glass without its audit, whatever writes it", async () => {
  const { ana, org, decisionId, reviewId } = await aRuledReview(db);
  const forced = db.execute(
    sql`insert into approvals (id, org_id, decision_id, review_id, stage, actor, verdict, digest, break_glass)
      values (${newId("approval")}, ${org.orgId}, ${decisionId}, ${reviewId}, 1, ${named(ana)}, 'approve', 'd', 'no reason')`,
  );
  await expect(forced).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/approved alone and has no audit/) },
  });
});
