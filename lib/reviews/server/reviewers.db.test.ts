import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import * as schema from "@/db/schema";
import { aDecision } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { getMyFigures } from "./get-my-figures";
import { listGold } from "./list-gold";
import { listQueueReviewers } from "./list-queue-reviewers";
import { markGold } from "./mark-gold";
import { proposeGold } from "./propose-gold";
import { retireGold } from "./retire-gold";
import { reviewerSensitivity } from "./reviewer-sensitivity";
import { aKnownDecision, aMeasuredQueue } from "./testing-measures";

const { db } = await testDatabase();
const query = { days: 90 };
const page = { limit: 25 };

/** A queue whose reviewers answered known answers: each `[reviewer, caught, missed]`. */
async function answered() {
  const queue = await aMeasuredQueue(db);
  const { org, desk, lead, ana, ben } = queue;
  const known = await aKnownDecision(db, org, desk);
  const answers = (ctx: Context, verdict: "approve" | "decline", count: number) =>
    Array.from({ length: count }, () => ({
      orgId: org.orgId,
      id: newId("measure"),
      kind: "gold" as const,
      queueId: queue.queue,
      sourceDecisionId: known.id,
      causeReviewId: newId("review"),
      probability: 0.05,
      drawU: 0.01,
      decisionId: newId("decision"),
      reviewId: newId("review"),
      expected: "decline" as const,
      reviewer: `user:${ctx.actor.id}`,
      verdict,
      dwellMs: 4000,
      answeredAt: new Date(),
    }));
  await db
    .insert(schema.measures)
    .values([
      ...answers(ana, "decline", 11),
      ...answers(ana, "approve", 1),
      ...answers(ben, "decline", 3),
      ...answers(lead, "decline", 1),
    ]);
  return { ...queue, known };
}

test("a person sees their own figures, and theirs alone", async () => {
  const { ana, ben, org } = await answered();
  expect((await getMyFigures(ana, { query })).sensitivity).toMatchObject({ part: 11, n: 12 });
  expect((await getMyFigures(ben, { query })).sensitivity).toMatchObject({ part: 3, n: 3, value: null });
  for (const ctx of [org.admin, org.auditor]) {
    await expect(getMyFigures(ctx, { query })).rejects.toMatchObject({ kind: "forbidden" });
  }
});

test("the lead sees names, an admin pseudonyms, everybody else nothing", async () => {
  const { org, desk, lead, ana, ben, queue } = await answered();
  const params = { queue };
  const seen = await listQueueReviewers(lead, { params, query });
  expect(seen).toMatchObject({ named: true, withheld: null, all: { sensitivity: { part: 15, n: 16 } } });
  expect(seen.reviewers.map(({ id }) => id).toSorted()).toEqual(
    [ana, ben, lead].map(({ actor }) => actor.id).toSorted(),
  );
  const names = seen.reviewers.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());

  const veiled = await listQueueReviewers(org.admin, { params, query });
  expect(veiled).toMatchObject({ named: false, all: { sensitivity: { part: 15, n: 16 } } });
  expect(veiled.reviewers).toHaveLength(3);
  for (const { actor } of [lead, ana, ben]) {
    expect(JSON.stringify(veiled)).not.toContain(actor.id);
    if (actor.kind === "user") expect(JSON.stringify(veiled)).not.toContain(actor.name);
  }

  const key = await org.keyOf(desk.app, ["decisions:read", "decisions:write"]);
  const stranger = await org.person("reviewer");
  for (const ctx of [ana, ben, stranger, org.auditor, key]) {
    await expect(listQueueReviewers(ctx, { params, query })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(listGold(ctx, { params, query: page })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(proposeGold(ctx, { params })).rejects.toMatchObject({ kind: "forbidden" });
  }
});

test("an admin is told nothing of anybody where a pseudonym would hide nobody", async () => {
  const { org, desk, ana, queue } = await aMeasuredQueue(db);
  const { id } = await aDecision(db, org, desk);
  await db.insert(schema.measures).values({
    orgId: org.orgId,
    id: newId("measure"),
    kind: "gold",
    queueId: queue,
    sourceDecisionId: id,
    causeReviewId: newId("review"),
    probability: 0.05,
    drawU: 0.01,
    decisionId: newId("decision"),
    reviewId: newId("review"),
    expected: "decline",
    reviewer: `user:${ana.actor.id}`,
    verdict: "decline",
    answeredAt: new Date(),
  });
  const seen = await listQueueReviewers(org.admin, { params: { queue }, query });
  expect(seen).toMatchObject({ reviewers: [], all: { sensitivity: { n: 1 } } });
  expect(seen.withheld).toMatch(/hide nobody/);
});

test("an organisation's figures are its own", async () => {
  const { queue } = await answered();
  const other = await aMeasuredQueue(db);
  await expect(listQueueReviewers(other.lead, { params: { queue }, query })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("a certificate reads the bound of a type's reviewers, at half of its delta", async () => {
  const { org, desk } = await answered();
  const found = await reviewerSensitivity(org.system, { typeId: desk.type, delta: 0.05 });
  expect(found).toMatchObject({ wrong: 16, overturned: 15, right: 0, kept: 0 });
  // BetaInv(0.025; 15, 2)
  expect(found.lower).toBeCloseTo(0.6977, 4);
});

test("an outcome marks its own answer; nobody's word is needed, and a second marking is refused", async () => {
  const { org, desk, lead, queue } = await aMeasuredQueue(db);
  const known = await aKnownDecision(db, org, desk);
  const params = { queue };
  const proposed = await proposeGold(lead, { params });
  expect(proposed.data).toMatchObject([
    { decision_id: known.id, expected: "decline", wrong: true, source: "outcome" },
  ]);
  const item = await markGold(lead, { params, body: { decision_id: known.id } });
  expect(item).toMatchObject({ expected: "decline", source: "outcome", wrong: true, asked: 0 });
  await expect(markGold(lead, { params, body: { decision_id: known.id } })).rejects.toMatchObject({
    kind: "conflict",
  });
  expect((await proposeGold(lead, { params })).data).toEqual([]);
  expect((await listGold(org.admin, { params, query: page })).data).toMatchObject([{ id: item.id }]);
  await retireGold(org.admin, { params: { queue, gold: item.id } });
  expect((await listGold(lead, { params, query: page })).data).toEqual([]);
  await expect(retireGold(lead, { params: { queue, gold: item.id } })).rejects.toMatchObject({
    kind: "not_found",
  });
});

test("a reviewer's own verdict is no known answer, and what still waits cannot be marked", async () => {
  const { org, desk, lead, queue } = await aMeasuredQueue(db);
  const params = { queue };
  const ruled = await aKnownDecision(db, org, desk, { truthSource: "review" });
  await expect(markGold(lead, { params, body: { decision_id: ruled.id } })).rejects.toMatchObject({
    kind: "invalid",
    errors: [{ pointer: "/expected", code: "required" }],
  });
  expect(
    await markGold(lead, { params, body: { decision_id: ruled.id, expected: "decline" } }),
  ).toMatchObject({
    source: "person",
  });
  const open = await aDecision(db, org, desk);
  await expect(
    markGold(lead, { params, body: { decision_id: open.id, expected: "approve" } }),
  ).rejects.toMatchObject({ errors: [{ code: "still_open" }] });
});
