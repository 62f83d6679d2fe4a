import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, decisionTypes, executions } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { actorName } from "@/lib/server/context";
import { actionDigest } from "@/lib/decisions/server/digest";
import { claimNextReview } from "./claim-next-review";
import { countReviews } from "./count-reviews";
import { getReview } from "./get-review";
import { listReviews } from "./list-reviews";
import { resolveReview } from "./resolve-review";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, minutesFromNow, setReview } from "./testing";

const { db } = await testDatabase();
const returned = {
  code: "changed" as const,
  message: "Changed since it was approved: /status",
  changes: [{ pointer: "/status", before: "open", after: "refunded" }],
  execution_id: "exe_1",
};

test("what came back is listed as the approver's, says why, and is offered to them first", async () => {
  const { org, more, reviewId: urgent } = await anOpenReview(db);
  await setReview(db, urgent, { dueAt: minutesFromNow(1) });
  const { reviewId } = await more();
  await setReview(db, reviewId, { assignedTo: actorName(org.reviewer.actor), returned });
  const other = await org.person("reviewer");

  const mine = await listReviews(org.reviewer, { tab: "mine", limit: 25 });
  expect(mine.data).toMatchObject([{ id: reviewId, returned, assigned_to: { id: org.reviewer.actor.id } }]);
  expect((await listReviews(other, { tab: "mine", limit: 25 })).data).toEqual([]);
  expect(await countReviews(org.reviewer)).toMatchObject({ mine: 1, unclaimed: 2 });
  expect(await getReview(other, { reviewId })).toMatchObject({ returned });

  const next = await claimNextReview(org.reviewer, { exclude: [] });
  expect(next.review?.id).toBe(reviewId);
  expect((await claimNextReview(org.reviewer, { exclude: [] })).review?.id).toBe(urgent);
});

test("nobody is kept out: others may take it", async () => {
  const { org, reviewId } = await anOpenReview(db);
  await setReview(db, reviewId, { assignedTo: actorName(org.reviewer.actor), returned });
  const other = await org.person("reviewer");
  expect((await claimNextReview(other, { exclude: [] })).review?.id).toBe(reviewId);
});

test("an edit is signed with the defaults of its type's schema, now or staged", async () => {
  const { org, desk, more } = await anOpenReview(db);
  const [type] = await db.select().from(decisionTypes).where(eq(decisionTypes.id, desk.type));
  const properties = {
    ...(type?.argumentsSchema.properties as object),
    reason: { type: "string", default: "asked" },
  };
  await db
    .update(decisionTypes)
    .set({ argumentsSchema: { ...type?.argumentsSchema, properties }, version: 2 })
    .where(eq(decisionTypes.id, desk.type));
  const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
  const signed = { ...edited, reason: "asked" };

  const now = await more();
  await resolveReview(org.reviewer, {
    reviewId: now.reviewId,
    ruling: { verdict: "edit", arguments: edited },
  });
  const [decision] = await db.select().from(decisions).where(eq(decisions.id, now.decisionId));
  expect(decision?.editedArguments).toEqual(signed);
  expect(decision?.actionDigest).toBe(
    actionDigest({
      decisionId: now.decisionId,
      actionId: desk.action,
      connectorId: desk.connector,
      connectorVersion: 1,
      arguments: signed,
    }),
  );
  const [execution] = await db.select().from(executions).where(eq(executions.decisionId, now.decisionId));
  expect(execution?.arguments).toEqual(signed);

  const later = await more();
  await stageVerdict(org.reviewer, {
    reviewId: later.reviewId,
    ruling: { verdict: "edit", arguments: edited },
  });
  await setReview(db, later.reviewId, { effectiveAt: minutesFromNow(-1) });
  await resolveReview(org.reviewer, { reviewId: later.reviewId, ruling: "staged" });
  const [after] = await db.select().from(decisions).where(eq(decisions.id, later.decisionId));
  expect(after?.editedArguments).toEqual(signed);
});

test("filling in a default alone is no edit", async () => {
  const { org, desk, reviewId } = await anOpenReview(db, {
    arguments: { invoice: "INV-0001", amount: 900, currency: "EUR" },
  });
  const edit = { verdict: "edit" as const, arguments: { invoice: "INV-0001", amount: 900, currency: "EUR" } };
  await expect(resolveReview(org.reviewer, { reviewId, ruling: edit })).rejects.toMatchObject({
    code: "validation_failed",
  });
  expect(desk.type).toBeTruthy();
});
