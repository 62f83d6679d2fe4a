import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  audits,
  contractEpochs,
  decisions,
  executions,
  policies,
  policyVersions,
  reviews,
  stops,
} from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { stop } from "@/lib/apps/server/stop";
import { Submission } from "@/lib/decisions/schema";
import { submitDecisions } from "@/lib/intake/server/submit-decisions";
import { newId } from "@/lib/kernel/ids";
import { foldEpochs } from "./fold-epochs";
import { stepDown } from "./step-down";
import { aContract, aSeries, nthDecision, type TestContract } from "./testing-contracts";
import { watchContracts } from "./watch-contracts";

const { db } = await testDatabase();
process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";

const deployments = [{ after: "dec_00", day: "2026-03-01", threshold: 0.6, auditRate: 0.001 }];

/** Proposals to act run alone from 0.6 on, nearly none of them audited. */
const inForce = {
  predicted: "positive",
  level: "auto",
  threshold: 0.6,
  auditRate: 0.001,
  epoch: { deployments },
} as const;

let of: TestContract;
beforeEach(async () => {
  of = await aContract(db, inForce);
});

async function submit(body: Record<string, unknown> = {}) {
  const key = await of.org.keyOf(of.desk.app, ["decisions:write"]);
  const submission = Submission.parse({
    type: of.desk.typeKey,
    input: { message: "charged twice" },
    proposal: { arguments: { invoice: "INV-1", amount: 1800, currency: "EUR" } },
    confidence: 0.95,
    ...body,
  });
  const one = { actor: key.actor, livemode: false, idempotencyKey: null, submission };
  const [outcome] = await submitDecisions(of.org.system, [one]);
  if (outcome?.kind !== "created") throw new Error("was not created");
  const [stored] = await db.select().from(decisions).where(eq(decisions.id, outcome.plan.id));
  if (!stored) throw new Error("was not stored");
  return stored;
}

const codes = ({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code);

async function hasSteppedDown(cause: string): Promise<void> {
  expect(await of.contract()).toMatchObject({
    level: "review_all",
    threshold: null,
    auditRate: 1,
    version: 2,
  });
  const open = await of.openEpoch();
  expect(open).toMatchObject({ number: 2, cause, state: null, cursor: null, deployments: [] });
  expect((await of.epoch()).endedAt).not.toBeNull();
  const told = await of.told();
  expect(told.map(({ type }) => type)).toEqual(["contract.stepped_down"]);
  expect(told[0]?.data).toMatchObject({ cause, why: open.why });
  expect((await of.journalled()).map(({ action }) => action)).toEqual(["contract.stepped_down"]);
  const changes = await of.changes();
  expect(changes).toMatchObject([
    { kind: "stepped_down", why: open.why, before: { level: "auto" }, after: { level: "review_all" } },
  ]);
}

describe("an alarm", () => {
  const drawn = { route: "decline", drawn: true, piLabel: 0.2, piRef: 0.2 } as const;

  test("takes the autonomy back in the fold that sounds it, and nothing runs alone afterwards", async () => {
    const before = await submit();
    expect(before).toMatchObject({ route: "execute", status: "approved", epochId: of.ids.epoch });
    await aSeries(db, of, { from: 0, count: 40, predicted: "positive", ...drawn, wrongEvery: 2 });
    await foldEpochs(of.org.system, { settleSeconds: 0 });
    await hasSteppedDown("audit_alarm");
    expect((await of.openEpoch()).why).toMatch(
      /^Audits found too much wrong among what ran alone: \d+ of 40 audits since/,
    );
    expect((await of.state()).alarm?.kind).toBe("audit_alarm");
    const after = await submit();
    expect(after).toMatchObject({ route: "review", epochId: (await of.openEpoch()).id });
    expect(codes(after)).toContain("review_all");
  });

  test("brings back what was let run and is not sent yet; it does not run", async () => {
    const before = await submit();
    await aSeries(db, of, { from: 0, count: 40, predicted: "positive", ...drawn, wrongEvery: 2 });
    await foldEpochs(of.org.system, { settleSeconds: 0 });
    const [decision] = await db.select().from(decisions).where(eq(decisions.id, before.id));
    expect(decision?.status).toBe("in_review");
    const sent = await db.select().from(executions).where(eq(executions.decisionId, before.id));
    expect(sent.map(({ status }) => status)).toEqual(["cancelled"]);
    const [review] = await db.select().from(reviews).where(eq(reviews.decisionId, before.id));
    expect(review?.returned).toMatchObject({ code: "stepped_down" });
    expect((await of.told())[0]?.data).toMatchObject({ recalled: 1 });
  });

  test("is heeded once, however many workers fold", async () => {
    await aSeries(db, of, { from: 0, count: 40, predicted: "positive", ...drawn, wrongEvery: 2 });
    await Promise.allSettled([1, 2, 3].map(() => foldEpochs(of.org.system, { settleSeconds: 0 })));
    await foldEpochs(of.org.system, { settleSeconds: 0 });
    await hasSteppedDown("audit_alarm");
    expect(await of.changes()).toHaveLength(1);
  });
});

test("what was routed just before and written just after is brought back too", async () => {
  const { epochId } = await of.contract();
  const late = await submit();
  // As a submission would be that had read the contract before: its decision is written once the period has ended.
  await db
    .update(contractEpochs)
    .set({ endedAt: sql`now()` })
    .where(eq(contractEpochs.id, epochId));
  await watchContracts(of.org.system);
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, late.id));
  expect(decision?.status).toBe("in_review");
});

describe("a kill switch", () => {
  test("of the app, the type or everything begins a new period that says so", async () => {
    await stop(of.org.admin, { scope: "app", scope_id: of.desk.app, reason: "The bank called" });
    expect(await watchContracts(of.org.system)).toBe(1);
    await hasSteppedDown("stopped");
    expect((await of.openEpoch()).why).toBe("The app was stopped: The bank called");
    expect(await watchContracts(of.org.system)).toBe(0);
  });

  test("leaves the evidence of a contract that lets nothing run alone", async () => {
    of = await aContract(db);
    await db.update(stops).set({ active: true }).where(eq(stops.scopeId, of.desk.type));
    expect(await watchContracts(of.org.system)).toBe(0);
    expect((await of.contract()).epochId).toBe(of.ids.epoch);
  });
});

describe("another model or prompt", () => {
  const pinned = { deployments, pins: { model: "small-2", prompt: "p1", policies: [] } };
  const from = (model: string, prompt: string) => ({ model: { name: model }, prompt_version: prompt });

  test("never runs alone on this one's evidence, and is none itself; the first of it takes the autonomy back", async () => {
    of = await aContract(db, { ...inForce, epoch: pinned });
    expect(await submit(from("small-2", "p1"))).toMatchObject({ route: "execute", epochId: of.ids.epoch });
    expect(await watchContracts(of.org.system)).toBe(0);
    const other = await submit(from("small-3", "p1"));
    expect(other).toMatchObject({ route: "review", epochId: null });
    expect(codes(other)).toEqual(["model_changed"]);
    expect(await watchContracts(of.org.system)).toBe(1);
    await hasSteppedDown("model_changed");
    const open = await of.openEpoch();
    expect(open.why).toBe("The model changed from small-2 to small-3.");
    expect(open.pins).toMatchObject({ model: "small-3", prompt: "p1" });
  });

  test("a prompt likewise", async () => {
    of = await aContract(db, { ...inForce, epoch: pinned });
    expect(codes(await submit(from("small-2", "p2")))).toEqual(["prompt_changed"]);
    await watchContracts(of.org.system);
    await hasSteppedDown("prompt_changed");
  });

  test("where people rule on everything, five in a row have to agree, so that two in turn do not flap", async () => {
    of = await aContract(db, { predicted: "positive", epoch: { ...pinned, deployments: [] } });
    for (const model of ["small-3", "small-2", "small-3", "small-3", "small-3"])
      await submit(from(model, "p1"));
    expect(await watchContracts(of.org.system)).toBe(0);
    for (const model of ["small-3", "small-3"]) await submit(from(model, "p1"));
    expect(await watchContracts(of.org.system)).toBe(1);
    expect(await of.openEpoch()).toMatchObject({ cause: "model_changed", pins: { model: "small-3" } });
  });

  test("a period that began before there were decisions is pinned to the first", async () => {
    of = await aContract(db, { predicted: "positive" });
    expect(await submit(from("small-2", "p1"))).toMatchObject({ epochId: of.ids.epoch });
    await watchContracts(of.org.system);
    expect((await of.epoch()).pins).toMatchObject({ model: "small-2", prompt: "p1" });
    expect(codes(await submit(from("small-3", "p1")))).toContain("model_changed");
  });
});

test("a policy that is published begins a new period, whatever the level was", async () => {
  of = await aContract(db);
  const ids = { policy: newId("policy"), version: newId("policyVersion") };
  const { orgId } = of.org;
  await db
    .insert(policies)
    .values({ id: ids.policy, orgId, key: "cap", name: "Cap", createdBy: "user:test" });
  await db.insert(policyVersions).values({
    id: ids.version,
    orgId,
    policyId: ids.policy,
    number: 1,
    rules: [],
    fixtures: [],
    editedBy: "user:one",
  });
  expect(await watchContracts(of.org.system)).toBe(0);
  await db
    .update(policyVersions)
    .set({ status: "published", publishedAt: new Date(), publishedBy: "user:two" })
    .where(eq(policyVersions.id, ids.version));
  expect(await watchContracts(of.org.system)).toBe(1);
  expect(await of.openEpoch()).toMatchObject({ cause: "policy_changed", pins: { policies: [ids.version] } });
  expect(await watchContracts(of.org.system)).toBe(0);
});

test("audits that wait for longer than the terms allow take the autonomy back", async () => {
  await aSeries(db, of, {
    from: 0,
    count: 1,
    predicted: "positive",
    route: "decline",
    drawn: true,
    wrongEvery: null,
  });
  const [audit] = await db
    .insert(audits)
    .values({ id: newId("audit"), orgId: of.org.orgId, decisionId: nthDecision(of, 0), piLabel: 0.2 })
    .returning();
  expect(await watchContracts(of.org.system)).toBe(0);
  await db
    .update(audits)
    .set({ createdAt: sql`now() - interval '49 hours'` })
    .where(eq(audits.id, audit?.id ?? ""));
  expect(await watchContracts(of.org.system)).toBe(1);
  await hasSteppedDown("audits_overdue");
});

test("a new period tries thresholds taken from the old one's confidences", async () => {
  for (let at = 0; at < 10; at += 1) {
    await aSeries(db, of, { from: at * 30, count: 30, predicted: "positive", score: 0.5 + at / 20 });
  }
  await stepDown(of.org.reviewer, {
    contractId: of.ids.contract,
    cause: "by_hand",
    why: "Something is odd.",
  });
  expect((await of.openEpoch()).grid).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95]);
  const auditor = stepDown(of.org.auditor, { contractId: of.ids.contract, cause: "by_hand", why: "No." });
  await expect(auditor).rejects.toMatchObject({ kind: "forbidden" });
  expect(await db.$count(contractEpochs, eq(contractEpochs.contractId, of.ids.contract))).toBe(2);
});
