import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk } from "@/db/testing-fixtures";
import type { Submission } from "@/lib/decisions/schema";
import { newId } from "@/lib/kernel/ids";
import { evaluateSubmission } from "./evaluate-submission";
import { submitDecisions } from "./submit-decisions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

/** A desk with queues of its own organisation, and a way in. */
async function aDesk(autonomy: Partial<typeof schema.autonomies.$inferInsert> = {}) {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org, { autonomy });
  const key = await org.keyOf(desk.app, ["decisions:write"]);
  const queue = async (columns: Partial<typeof schema.queues.$inferInsert>) => {
    const id = newId("queue");
    await db.insert(schema.queues).values({ id, orgId: org.orgId, key: id, name: id, ...columns });
    return id;
  };
  const submit = async (more: Partial<Submission> & { amount?: number } = {}) => {
    const { amount = 1800, ...rest } = more;
    const submission: Submission = {
      type: desk.typeKey,
      input: { message: "charged twice" },
      proposal: { arguments: { invoice: "INV-1", amount, currency: "EUR" }, predicted: "positive" },
      confidence: 0.9,
      ...rest,
    };
    const [outcome] = await submitDecisions({ ...org.system }, [
      { actor: key.actor, livemode: false, idempotencyKey: newId("request"), submission },
    ]);
    if (outcome?.kind !== "created") throw new Error("it was not created");
    const [review] = await db
      .select()
      .from(schema.reviews)
      .where(eq(schema.reviews.decisionId, outcome.plan.id));
    return { outcome, review, reasons: outcome.plan.routing.reasons.map(({ code }) => code) };
  };
  return { org, desk, queue, submit };
}

const minutesOf = (review: typeof schema.reviews.$inferSelect | undefined) =>
  review ? (review.dueAt.getTime() - review.createdAt.getTime()) / 60_000 : undefined;

describe("where a review goes", () => {
  test("the first rule that is true by position takes it, and the review says so", async () => {
    const { queue, submit, desk } = await aDesk();
    await queue({ rule: "decision.amount > 100000", position: 1 });
    const large = await queue({ rule: "decision.amount > 1000", position: 2 });
    await queue({ rule: "true", position: 3 });
    const taken = await submit({ amount: 5000 });
    expect(taken.review?.queueId).toBe(large);
    expect(taken.reasons).toEqual(["review_all", "no_threshold", "queue_rule"]);
    await db.update(schema.queues).set({ rule: null }).where(eq(schema.queues.position, 3));
    const none = await submit({ amount: 500 });
    expect(none.review?.queueId).toBe(desk.queue);
    expect(none.reasons).toEqual(["review_all", "no_threshold"]);
  });

  test("a rule sees what was submitted, the severity and why a person is asked", async () => {
    const { queue, submit } = await aDesk({ level: "auto", threshold: 0.95, amountCap: 1000 });
    const sees = await queue({
      rule: `decision.severity == 'high' && 'over_cap' in decision.reasons && decision.subject.type == 'customer'
        && decision.metadata.tier == 'gold' && decision.confidence < 0.95 && decision.model == 'm'
        && decision.input.message.contains('twice') && decision.arguments.invoice == 'INV-1'
        && decision.context.exists(item, item.id == 'order') && decision.prompt_version == 'v1'`,
    });
    const { review } = await submit({
      subject: { type: "customer", id: "c1" },
      metadata: { tier: "gold" },
      model: { name: "m" },
      context: [{ id: "order" }],
      prompt_version: "v1",
    });
    expect(review?.queueId).toBe(sees);
  });

  test("a rule that fails takes nothing: a person is asked in the next that fits, and told", async () => {
    const { queue, submit, desk } = await aDesk();
    await queue({ rule: "decision.input.vip == true", position: 1 });
    await queue({ rule: "this is no rule", position: 2 });
    const { review, reasons, outcome } = await submit();
    expect(review?.queueId).toBe(desk.queue);
    expect(reasons).toEqual(["review_all", "no_threshold", "queue_rule_failed", "queue_rule_failed"]);
    expect(outcome.plan.routing.reasons[2]?.message).toContain("No such key: vip");
  });

  test("a rule sends nothing to people that ran alone, nor what is only recorded", async () => {
    const alone = await aDesk({ level: "auto", threshold: 0.5 });
    await alone.queue({ rule: "decision.input.vip == true" });
    const ran = await alone.submit();
    expect(ran.outcome.plan.routing).toMatchObject({ route: "execute", reasons: [{ code: "reached" }] });
    expect(ran.review).toBeUndefined();
    const shadow = await aDesk({ level: "shadow" });
    await shadow.queue({ rule: "true" });
    expect((await shadow.submit()).review).toBeUndefined();
  });

  test("archived queues and other organisations' rules are not asked", async () => {
    const { queue, submit, desk } = await aDesk();
    const other = await aDesk();
    await other.queue({ rule: "true" });
    await queue({ rule: "true", archivedAt: new Date() });
    expect((await submit()).review?.queueId).toBe(desk.queue);
  });
});

describe("what a review is born with", () => {
  test("it is due by its queue's time for its severity, else by the autonomy's", async () => {
    const { queue, submit } = await aDesk({ slaMinutes: 240, amountCap: 2000 });
    await queue({ rule: "true", slaMinutes: { high: 15 } });
    const high = await submit({ amount: 5000 });
    expect(high.review?.severity).toBe("high");
    expect(minutesOf(high.review)).toBeCloseTo(15, 3);
    expect(high.outcome.kind === "created" ? high.outcome.dueAt : null).toBe(
      high.review?.dueAt.toISOString(),
    );
    const medium = await submit({ amount: 500 });
    expect(medium.review?.severity).toBe("medium");
    expect(minutesOf(medium.review)).toBeCloseTo(240, 3);
  });

  test("an evaluation says where it would wait, and for how long, and stores nothing", async () => {
    const { queue, desk, org } = await aDesk();
    const id = await queue({ rule: "decision.amount > 1000", name: "Large", slaMinutes: { medium: 45 } });
    const body: Submission = {
      type: desk.typeKey,
      input: { message: "charged twice" },
      proposal: { arguments: { invoice: "INV-1", amount: 5000, currency: "EUR" }, predicted: "positive" },
    };
    const key = await org.keyOf(desk.app, ["decisions:write"]);
    expect((await evaluateSubmission(key, { body })).review).toEqual({
      queue: { id, name: "Large" },
      severity: "medium",
      sla_minutes: 45,
    });
    expect(await db.select().from(schema.reviews).where(eq(schema.reviews.orgId, org.orgId))).toEqual([]);
  });

  test("its expected loss is kept where its queue orders by it, and only there", async () => {
    const { queue, submit } = await aDesk();
    expect((await submit()).review?.expectedLoss).toBeNull();
    await queue({ rule: "true", order: "expected_loss" });
    expect((await submit({ confidence: 0.75, amount: 2000 })).review?.expectedLoss).toBeCloseTo(500, 6);
    expect((await submit({ confidence: null, amount: 2000 })).review?.expectedLoss).toBeCloseTo(2000, 6);
  });
});
