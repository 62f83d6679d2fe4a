import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  decisionFindings,
  decisions,
  events,
  executions,
  moderationAgents,
  policies,
  policyDays,
  policyDivergences,
  policyVersions,
  queues,
  reviews,
} from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { PolicyRule } from "@/lib/policies/schema";
import { flushTrials } from "@/lib/policies/server/note-trials";
import { resolveReview } from "@/lib/reviews/server/resolve-review";
import type { Context } from "@/lib/server/context";
import { evaluateSubmission } from "./evaluate-submission";
import { submitDecisions } from "./submit-decisions";
import type { Submitted } from "./submitted";
import { aSubmission, created } from "./testing-submissions";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

let org: TestOrg;
let desk: TestDesk;
let key: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org, {
    autonomy: { level: "auto", threshold: 0.9, declineThreshold: 0.9, auditRate: 0.1, amountCap: 500_000 },
  });
  key = await org.keyOf(desk.app, ["decisions:write"]);
});

afterEach(flushTrials);
async function aPolicy(
  rules: PolicyRule[],
  {
    status = "published" as "published" | "shadow",
    appId = desk.app as string | null,
    policyId = newId("policy"),
  } = {},
) {
  await db
    .insert(policies)
    .values({
      id: policyId,
      orgId: org.orgId,
      appId,
      key: `k-${policyId.slice(-8)}`,
      name: "Refund rules",
      createdBy: "user:x",
    })
    .onConflictDoNothing();
  const versionId = newId("policyVersion");
  const published = status === "published" ? { publishedBy: "user:y", publishedAt: new Date() } : {};
  const number = status === "published" ? 1 : 2;
  await db.insert(policyVersions).values({
    id: versionId,
    orgId: org.orgId,
    policyId,
    number,
    status,
    rules,
    fixtures: [],
    editedBy: "user:x",
    ...published,
  });
  return { policyId, versionId };
}
const submitted = (body: Record<string, unknown> = {}, more: Partial<Submitted> = {}) =>
  aSubmission(desk, key, { body, ...more });
const rule = (effect: PolicyRule["effect"], when = "true", more: Partial<PolicyRule> = {}): PolicyRule => {
  return { id: effect, when, effect, ...more };
};
const submit = async (...items: Submitted[]) => (await submitDecisions(org.system, items)).map(created);
const routes = (made: { plan: { routing: { route: string } } }[]) =>
  made.map(({ plan }) => plan.routing.route);
const approve = (ctx: Context, reviewId: string | null | undefined) =>
  resolveReview(ctx, { reviewId: reviewId ?? "", ruling: { verdict: "approve" } });
const about = { subject: { type: "customer", id: "c_1" } };

describe("policies at intake", () => {
  test("a rule that holds sends it to a person, and the decision keeps which one it was", async () => {
    const { policyId, versionId } = await aPolicy([
      rule("require_review", "decision.amount > 1000.0", { message: "More than ten" }),
    ]);
    const [made] = await submit(submitted());
    expect(made?.plan.type.policyStamp).toBe(versionId);
    const [stored] = await db
      .select()
      .from(decisions)
      .where(eq(decisions.id, made?.plan.id ?? ""));
    expect(stored).toMatchObject({ route: "review", epochId: null, piLabel: 1 });
    expect(stored?.reasons[0]).toEqual({
      kind: "policy",
      code: "policy_review",
      message: "Refund rules: More than ten",
      detail: {
        policy_id: policyId,
        version_id: versionId,
        version: 1,
        rule: "require_review",
        policy: "Refund rules",
      },
    });
  });

  test("another app's policy says nothing; the organisation's does", async () => {
    const other = await aRefundDesk(db, org);
    await aPolicy([rule("decline")], { appId: other.app });
    expect(routes(await submit(submitted()))).toEqual(["execute"]);
    await aPolicy([rule("decline")], { appId: null });
    const [made] = await submit(submitted());
    expect(made?.plan.routing).toMatchObject({ route: "decline", reasons: [{ code: "policy_decline" }] });
    expect(
      await db
        .select()
        .from(executions)
        .where(eq(executions.decisionId, made?.plan.id ?? "")),
    ).toEqual([]);
  });

  test("a rule that routes fills its queue, and one whose queue is gone still asks a person", async () => {
    const id = newId("queue");
    await db.insert(queues).values({ id, orgId: org.orgId, key: "fraud", name: "Fraud" });
    await aPolicy([rule("route_to", "true", { queueId: id })]);
    const [made] = await submit(submitted());
    const [review] = await db
      .select()
      .from(reviews)
      .where(eq(reviews.decisionId, made?.plan.id ?? ""));
    expect(review).toMatchObject({ queueId: id, status: "open" });
    await db.update(queues).set({ archivedAt: new Date() }).where(eq(queues.id, id));
    const [later] = await submit(submitted());
    expect(later?.plan.placement?.queueId).toBe(desk.queue);
  });

  test("two reviewers: the first approval passes it on, the second carries it out", async () => {
    await aPolicy([rule("require_two_reviewers")]);
    const [made] = await submit(submitted());
    const first = await approve(org.reviewer, made?.reviewId);
    expect(first).toMatchObject({ decisionStatus: "awaiting_second", executionId: null });
    const again = approve(org.reviewer, first.nextReviewId);
    await expect(again).rejects.toMatchObject({ code: "already_approved" });
    const second = await approve(await org.person("reviewer"), first.nextReviewId);
    expect(second.decisionStatus).toBe("approved");
  });

  test("a rule that fails asks a person", async () => {
    await aPolicy([rule("decline", "decision.input.absent == 'x'")]);
    expect((await submit(submitted()))[0]?.plan.routing).toMatchObject({
      route: "review",
      reasons: [{ code: "policy_failed", detail: { rule: "decline", line: 1 } }],
    });
  });

  test("a dry run shows what policies would say and leaves nothing", async () => {
    await aPolicy([rule("require_review", 'history.count("24h") == 0.0')]);
    const body = submitted(about).submission;
    const answer = await evaluateSubmission(key, { body });
    expect(answer.route).toMatchObject({
      outcome: "review",
      reasons: [{ kind: "policy", code: "policy_review" }],
    });
    await flushTrials();
    expect(await db.select().from(policyDays).where(eq(policyDays.orgId, org.orgId))).toEqual([]);
  });
});

describe("history", () => {
  const third = 'has(decision.subject) && history.count("24h") >= 2.0';

  test("counts what is stored and what came before in the same set", async () => {
    await aPolicy([rule("require_review", third)]);
    const set = [submitted(about), submitted(about), submitted(about), submitted()];
    expect(routes(await submit(...set))).toEqual(["execute", "execute", "review", "execute"]);
    expect(routes(await submit(submitted(about)))).toEqual(["review"]);
    expect(routes(await submit(submitted({ subject: { type: "customer", id: "c_2" } })))).toEqual([
      "execute",
    ]);
  });

  test("sums, tells values apart, and looks only as far as its window", async () => {
    await aPolicy([
      rule("require_review", 'history.sum("1h") + decision.amount > 5000.0'),
      rule("require_two_reviewers", 'history.distinct("30d", "invoice") > 2.0'),
      rule("decline", 'history.seen("30d", "invoice") >= 3.0'),
    ]);
    const of = (invoice: string, amount = 1000) =>
      submitted({ ...about, proposal: { arguments: { invoice, amount, currency: "EUR" } } });
    expect(routes(await submit(of("A"), of("A"), of("A")))).toEqual(["execute", "execute", "execute"]);
    expect(routes(await submit(of("A")))).toEqual(["decline"]);
    expect(routes(await submit(of("B", 10)))).toEqual(["execute"]);
    expect(routes(await submit(of("B", 1500)))).toEqual(["review"]);
    const [third] = await submit(of("C", 10));
    expect(third?.plan.routing.reasons[0]?.code).toBe("policy_two_reviewers");
    await db
      .update(decisions)
      .set({ createdAt: new Date(Date.now() - 2 * 3_600_000) })
      .where(eq(decisions.orgId, org.orgId));
    const [later] = await submit(of("B", 1500));
    expect(later?.plan.routing.reasons.map(({ code }) => code)).toEqual(["policy_two_reviewers"]);
  });

  test("without a subject nobody can look, and a person is asked", async () => {
    await aPolicy([rule("require_review", 'history.count("24h") > 1000.0')]);
    expect((await submit(submitted()))[0]?.plan.routing.reasons[0]?.code).toBe("policy_failed");
  });

  test("however long it is, only its newest 10,000 are looked at, and soon", async () => {
    await aPolicy([
      rule("require_review", 'history.count("30d") > 10000.0 || history.seen("30d", "invoice") < 0.0'),
    ]);
    const [made] = await submit(submitted(about));
    await db.execute(sql`insert into decisions select x.* from decisions d, generate_series(1, 12000) n,
        lateral jsonb_populate_record(d, jsonb_build_object('id', substr(d.id, 1, 18) || lpad(n::text, 12, '0'),
          'action_digest', null, 'status', 'recorded', 'route', 'shadow')) x
      where d.id = ${made?.plan.id ?? ""}`);
    const began = performance.now();
    const [next] = await submit(submitted(about));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(next?.plan.routing.route).toBe("execute");
  });
});

describe("a version in shadow", () => {
  test("changes nothing, and is told where it would have", async () => {
    const { policyId, versionId: inForce } = await aPolicy([
      rule("require_review", "decision.amount > 100000.0"),
    ]);
    const { versionId } = await aPolicy(
      [rule("decline", "decision.amount > 1000.0"), rule("sample", "decision.nothing")],
      {
        status: "shadow",
        policyId,
      },
    );
    const small = submitted({ proposal: { arguments: { invoice: "A", amount: 10, currency: "EUR" } } });
    const made = await submit(submitted(), small);
    expect(routes(made)).toEqual(["execute", "execute"]);
    expect(made[0]?.plan.type.policyStamp).toBe(inForce);
    await flushTrials();
    const [version] = await db.select().from(policyVersions).where(eq(policyVersions.id, versionId));
    expect(version).toMatchObject({ asked: 2, failed: 2, diverged: 2 });
    const found = await db.select().from(policyDivergences).where(eq(policyDivergences.versionId, versionId));
    expect(found.map(({ decisionId, was, would }) => `${decisionId} ${was} ${would}`).toSorted()).toEqual(
      made.map(({ plan }) => `${plan.id} execute review`).toSorted(),
    );
    const days = await db.select().from(policyDays).where(eq(policyDays.versionId, inForce));
    expect(days).toMatchObject([{ ruleId: "require_review", asked: 2, hits: 0, failed: 0 }]);
    const told = await db.select().from(events).where(eq(events.subject, policyId));
    expect(told.map(({ type }) => type)).toEqual(["policy.shadow_divergence"]);
  });
});

test("what agents see is stored with the decision and sends it to a person", async () => {
  await db.insert(moderationAgents).values({
    id: newId("moderationAgent"),
    orgId: org.orgId,
    key: "pii",
    kind: "pii",
    name: "Personal data",
    config: { thresholds: { iban: 0.5, email: 2 } },
    updatedBy: "system:test",
  });
  await aPolicy([rule("require_two_reviewers", 'decision.findings.score("iban") > 0.5')]);
  const [made, plain] = await submit(
    submitted({ input: { message: "send it to DE89 3704 0044 0532 0130 00" } }),
    submitted(),
  );
  expect(made?.plan.routing.reasons.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
    "policy policy_two_reviewers",
    "finding iban",
  ]);
  expect(plain?.plan.routing.route).toBe("execute");
  const stored = await db.select().from(decisionFindings).where(eq(decisionFindings.orgId, org.orgId));
  expect(stored).toMatchObject([
    { decisionId: made?.plan.id, findings: [{ category: "iban", at: "/input/message" }] },
  ]);
});
