import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import type { Context } from "@/lib/server/context";
import type { BulkPreview, BulkResult, BulkRuling } from "../bulk";
import { readPromise, signPromise } from "./bulk-token";
import { claimReview } from "./claim-review";
import { giveBulkVerdict } from "./give-bulk-verdict";
import { type Given, giveOne } from "./give-one";
import { stageVerdict } from "./stage-verdict";
import { anOpenReview, setReview, storedReview } from "./testing";
import { unstageVerdicts } from "./unstage-verdicts";

const { db } = await testDatabase();
const approve = { verdict: "approve" } as const;
const bulk = giveBulkVerdict(giveOne);

/** A desk whose refunds can be undone, with so many of them waiting. */
async function aQueueOf(count: number) {
  const made = await anOpenReview(db, { autonomy: { amountCap: 5000 } });
  await db
    .update(schema.decisionTypes)
    .set({ reversibility: "reversible" })
    .where(eq(schema.decisionTypes.id, made.desk.type));
  const ids = [made.reviewId];
  while (ids.length < count) ids.push((await made.more()).reviewId);
  return { ...made, ids };
}

async function previewOf(ctx: Context, reviews: string[], ruling: BulkRuling = approve) {
  const answer = await bulk(ctx, { body: { step: "preview", reviews, ruling } });
  return answer as BulkPreview;
}
async function applied(ctx: Context, token: string | null) {
  return (await bulk(ctx, { body: { step: "apply", token: token ?? "" } })) as BulkResult;
}
const untouched = async (ids: string[]) => {
  const rows = await db.select().from(schema.reviews).where(inArray(schema.reviews.id, ids));
  return rows.every(({ stagedVerdict, verdict }) => stagedVerdict === null && verdict === null);
};

test("a preview counts, adds up and tells what differs, and changes nothing", async () => {
  const { org, ids, more } = await aQueueOf(2);
  const args = { invoice: "INV-0002", amount: 700, currency: "EUR" };
  const other = await more({ arguments: args, amount: 700 });
  const preview = await previewOf(org.reviewer, [...ids, other.reviewId, ids[0] ?? ""]);
  expect(preview).toMatchObject({
    count: 3,
    totals: [{ amount: 4300, currency: "EUR" }],
    excluded: [],
    differences: {
      varying: [
        {
          name: "Amount",
          values: [
            { value: "€18.00", count: 2 },
            { value: "€7.00", count: 1 },
          ],
        },
        {
          name: "invoice",
          values: [
            { value: "INV-0001", count: 2 },
            { value: "INV-0002", count: 1 },
          ],
        },
      ],
    },
  });
  expect(preview.differences.alike).toContainEqual({ name: "currency", value: "EUR" });
  expect(await untouched(ids)).toBe(true);
});

test("what is deliberate, held by another, ruled on or unknown is left out by name", async () => {
  const { org, ids, more } = await aQueueOf(3);
  const [held = "", staged = "", free = ""] = ids;
  const above = await more({ arguments: { invoice: "I", amount: 6000, currency: "EUR" }, amount: 6000 });
  const colleague = await org.person("reviewer");
  await claimReview(colleague, { reviewId: held });
  await stageVerdict(colleague, { reviewId: staged, ruling: approve });
  const preview = await previewOf(org.reviewer, [...ids, above.reviewId, "rev_none"]);
  expect(preview.included.map(({ id }) => id)).toEqual([free]);
  expect(preview.excluded.map(({ id, code }) => [id, code])).toEqual([
    [held, "not_waiting"],
    [staged, "not_waiting"],
    [above.reviewId, "deliberate"],
    ["rev_none", "not_found"],
  ]);
});

test("what several must approve, or needs a longer look, is never part of a bulk", async () => {
  const { org, desk, ids } = await aQueueOf(1);
  const { id: by } = org.admin.actor;
  await db.insert(schema.approvalRules).values({
    id: `apr_${org.orgId}`,
    orgId: org.orgId,
    name: "Two pairs of eyes",
    typeId: desk.type,
    stages: [{ name: "both", minimum: 2, skills: [], members: [] }],
    createdBy: `user:${by}`,
    updatedBy: `user:${by}`,
  });
  const two = await previewOf(org.reviewer, ids);
  expect(two).toMatchObject({ token: null, count: 0, excluded: [{ code: "several_approvals" }] });

  const slow = await aQueueOf(1);
  await db.update(schema.queues).set({ dwellSeconds: 5 }).where(eq(schema.queues.id, slow.desk.queue));
  const long = await previewOf(slow.org.reviewer, slow.ids);
  expect(long).toMatchObject({ token: null, excluded: [{ code: "needs_a_look" }] });
});

test("a reason that the type does not have is known before anything is ruled on", async () => {
  const { org, ids } = await aQueueOf(2);
  const ruling = { verdict: "decline", reason_code: "because" } as const;
  expect(await previewOf(org.reviewer, ids, ruling)).toMatchObject({
    token: null,
    excluded: [{ code: "validation_failed" }, { code: "validation_failed" }],
  });
});

test("each is ruled on by itself: one verdict, one event, one journal entry, all taken back together", async () => {
  const { org, ids } = await aQueueOf(3);
  const { token } = await previewOf(org.reviewer, ids, { verdict: "decline", reason_code: "not entitled" });
  const result = await applied(org.reviewer, token);
  expect(result).toMatchObject({ given: 3, refused: 0 });
  expect(Date.parse(result.effective_at ?? "")).toBeGreaterThan(Date.now());
  for (const id of ids) {
    expect(await storedReview(db, id)).toMatchObject({
      stagedVerdict: "decline",
      reasonCode: "not entitled",
    });
    const events = await db
      .select()
      .from(schema.events)
      .where(and(eq(schema.events.subject, id), eq(schema.events.type, "review.staged")));
    const entries = await db.select().from(schema.journal).where(eq(schema.journal.subject, id));
    expect([events.length, entries.length]).toEqual([1, 1]);
  }
  expect(await unstageVerdicts(org.reviewer, { reviewIds: ids })).toEqual({ taken: ids, late: [] });
  expect(await untouched(ids)).toBe(true);
});

test("over the API it takes effect at once", async () => {
  const { org, ids } = await aQueueOf(2);
  const { actor } = org.reviewer;
  if (actor.kind !== "user") throw new Error("a reviewer is a person");
  const byToken = { ...org.reviewer, actor: { ...actor, via: "token" as const } };
  const { token } = await previewOf(byToken, ids);
  expect(await applied(byToken, token)).toMatchObject({ given: 2, effective_at: null });
  expect(await storedReview(db, ids[0] ?? "")).toMatchObject({ status: "resolved", verdict: "approve" });
});

test("another person's token is refused, and nothing changes", async () => {
  const { org, ids } = await aQueueOf(2);
  const { token } = await previewOf(org.reviewer, ids);
  const colleague = await org.person("reviewer");
  await expect(applied(colleague, token)).rejects.toMatchObject({ code: "preview_not_yours" });
  expect(await untouched(ids)).toBe(true);
});

test("a token that was changed in any part is refused", async () => {
  const { org, ids } = await aQueueOf(1);
  const { token } = await previewOf(org.reviewer, ids);
  const [body = "", mac = ""] = (token ?? "").split(".");
  const promised = JSON.parse(Buffer.from(body, "base64url").toString()) as { ruling: object };
  const other = Buffer.from(JSON.stringify({ ...promised, ruling: { verdict: "decline" } })).toString(
    "base64url",
  );
  for (const forged of [`${other}.${mac}`, body, `${body}.`, `${body}.${mac}x`, `${body}.${mac}.x`, "x.y"]) {
    await expect(applied(org.reviewer, forged)).rejects.toMatchObject({ code: "preview_not_yours" });
  }
  expect(await untouched(ids)).toBe(true);
});

test("a token older than ten minutes is refused", async () => {
  const { org, ids } = await aQueueOf(1);
  const { token } = await previewOf(org.reviewer, ids);
  const whose = { org: org.orgId, person: `user:${org.reviewer.actor.id}` };
  const promised = readPromise(token ?? "", { ...whose, now: Date.now() });
  expect(promised.until - Date.now()).toBeLessThanOrEqual(10 * 60_000);
  const old = signPromise({ ...promised, until: Date.now() - 1 });
  await expect(applied(org.reviewer, old)).rejects.toMatchObject({ kind: "gone", code: "preview_expired" });
  expect(await untouched(ids)).toBe(true);
});

test("when one of them changed since the preview, none is ruled on", async () => {
  const { org, ids } = await aQueueOf(3);
  const { token } = await previewOf(org.reviewer, ids);
  const colleague = await org.person("reviewer");
  await claimReview(colleague, { reviewId: ids[1] ?? "" });
  await expect(applied(org.reviewer, token)).rejects.toMatchObject({
    code: "preview_outdated",
    extra: { changed: [ids[1]] },
  });
  expect(await untouched(ids)).toBe(true);
});

test("a token works once", async () => {
  const { org, ids } = await aQueueOf(2);
  const { token } = await previewOf(org.reviewer, ids);
  await applied(org.reviewer, token);
  await expect(applied(org.reviewer, token)).rejects.toMatchObject({ code: "preview_outdated" });
});

test("applied twice at once, each review is ruled on once", async () => {
  const { org, ids } = await aQueueOf(6);
  const { token } = await previewOf(org.reviewer, ids);
  const both = await Promise.allSettled([applied(org.reviewer, token), applied(org.reviewer, token)]);
  const given = both.flatMap((each) => (each.status === "fulfilled" ? [each.value.given] : []));
  expect(given.reduce((sum, each) => sum + each, 0)).toBe(6);
  for (const id of ids) {
    const entries = await db.select().from(schema.journal).where(eq(schema.journal.subject, id));
    expect(entries).toHaveLength(1);
  }
});

test("the one that loses a race is named; the others are ruled on", async () => {
  const { org, ids } = await aQueueOf(3);
  const [, second = ""] = ids;
  const { token } = await previewOf(org.reviewer, ids);
  const colleague = await org.person("reviewer");
  const racing = giveBulkVerdict(async (ctx, input): Promise<Given> => {
    if (input.reviewId === second) await claimReview(colleague, { reviewId: second });
    return giveOne(ctx, input);
  });
  const result = (await racing(org.reviewer, { body: { step: "apply", token: token ?? "" } })) as BulkResult;
  expect(result).toMatchObject({ given: 2, refused: 1 });
  expect(result.results.find(({ id }) => id === second)).toMatchObject({ ok: false, code: "stale_version" });
  expect((await storedReview(db, second)).claimedBy).toBe(`user:${colleague.actor.id}`);
});

test("200 at once are ruled on, each on record", async () => {
  const { org, ids } = await aQueueOf(200);
  const { token } = await previewOf(org.reviewer, ids);
  expect(await applied(org.reviewer, token)).toMatchObject({ given: 200, refused: 0 });
  const rows = await db.select().from(schema.reviews).where(inArray(schema.reviews.id, ids));
  expect(rows.filter(({ stagedVerdict }) => stagedVerdict === "approve")).toHaveLength(200);
});

test("whoever may not rule gets no preview, and no key does", async () => {
  const { org, desk, ids } = await aQueueOf(1);
  for (const ctx of [org.auditor, org.admin, await org.keyOf(desk.app, ["decisions:write"])]) {
    await expect(previewOf(ctx, ids)).rejects.toMatchObject({ kind: "forbidden" });
  }
});

test("a snooze that is over does not stand in the way", async () => {
  const { org, ids } = await aQueueOf(1);
  await setReview(db, ids[0] ?? "", { status: "snoozed", snoozedUntil: new Date(Date.now() - 1000) });
  expect(await previewOf(org.reviewer, ids)).toMatchObject({ count: 1 });
});
