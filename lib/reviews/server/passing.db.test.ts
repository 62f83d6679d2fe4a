import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { actorName } from "@/lib/server/context";
import { assignReviews } from "./assign-reviews";
import { claimNextReview } from "./claim-next-review";
import { claimReview } from "./claim-review";
import { forwardReview } from "./forward-review";
import { getReview } from "./get-review";
import { heartbeatReview } from "./heartbeat-review";
import { listPassTargets } from "./list-pass-targets";
import { listPeople } from "./list-people";
import { reassignReview } from "./reassign-review";
import { setAway } from "./set-away";
import { setSkills } from "./set-skills";
import { stageVerdict } from "./stage-verdict";
import { takeOverReview } from "./take-over-review";
import { anOpenReview, minutesFromNow, setReview, storedReview, traces } from "./testing";
import { aQueue, joinQueue, setPerson, setQueue, userIdOf } from "./testing-queues";

const { db } = await testDatabase();
const inAnHour = () => minutesFromNow(60).toISOString();

/** A queue with a lead and a member, and a review the member holds. */
async function aLedQueue() {
  const made = await anOpenReview(db);
  const [lead, member] = [await made.org.person("reviewer"), await made.org.person("reviewer")];
  await joinQueue(db, made.desk.queue, lead, "lead");
  await joinQueue(db, made.desk.queue, member);
  await claimReview(member, { reviewId: made.reviewId });
  return { ...made, lead, member };
}

describe("passing a review on", () => {
  test("to a queue: it is open there, due as before, with a note, and the holder has it no more", async () => {
    const { org, reviewId, decisionId, member } = await aLedQueue();
    const before = await storedReview(db, reviewId);
    const queue = await aQueue(db, org, { order: "expected_loss" });
    const passed = await forwardReview(member, { reviewId, queue, note: "This is theirs" });
    expect(passed).toMatchObject({
      queue: { id: queue },
      assigned_to: null,
      due_at: before.dueAt.toISOString(),
    });
    const after = await storedReview(db, reviewId);
    expect(after).toMatchObject({ status: "open", claimedBy: null, queueId: queue, dueAt: before.dueAt });
    expect(after.expectedLoss).toBeCloseTo(0.2 * 1800, 6);
    await expect(heartbeatReview(member, { reviewId })).rejects.toMatchObject({ code: "lease_lost" });
    const left = await traces(db, decisionId, reviewId);
    expect(left.events).toContain("review.forwarded");
    expect(left.journal.map(({ action }) => action)).toContain("review.forwarded");
    const notes = await db.select().from(schema.notes).where(eq(schema.notes.decisionId, decisionId));
    expect(notes).toMatchObject([{ text: "This is theirs", author: actorName(member.actor) }]);
  });

  test("to a person: it is kept for them, who need not be a member", async () => {
    const { org, reviewId, decisionId, member } = await aLedQueue();
    const person = userIdOf(org.reviewer);
    await expect(getReview(org.reviewer, { reviewId })).rejects.toMatchObject({ kind: "not_found" });
    expect(await forwardReview(member, { reviewId, person })).toMatchObject({ assigned_to: { id: person } });
    const { events } = await traces(db, decisionId, reviewId);
    expect(events.slice(-2)).toEqual(["review.forwarded", "review.assigned"]);
    expect((await claimNextReview(org.reviewer, { exclude: [] })).review?.id).toBe(reviewId);
  });

  test("what somebody else holds is passed on by a lead or an admin alone", async () => {
    const { org, reviewId, lead, member, desk } = await aLedQueue();
    const other = await org.person("reviewer");
    await joinQueue(db, desk.queue, other);
    const queue = await aQueue(db, org);
    await expect(forwardReview(other, { reviewId, queue })).rejects.toMatchObject({ code: "review_claimed" });
    await expect(forwardReview(org.reviewer, { reviewId, queue })).rejects.toMatchObject({
      kind: "not_found",
    });
    await expect(forwardReview(org.auditor, { reviewId, queue })).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect(await forwardReview(lead, { reviewId, queue })).toMatchObject({ queue: { id: queue } });
    expect(await forwardReview(org.admin, { reviewId, person: userIdOf(member) })).toMatchObject({
      assigned_to: { id: userIdOf(member) },
    });
  });

  test("nowhere, to somebody away, unskilled or kept out is refused at the place", async () => {
    const { org, reviewId, member, desk } = await aLedQueue();
    const at = (pointer: string, code: string) => ({ kind: "invalid", errors: [{ pointer, code }] });
    await expect(forwardReview(member, { reviewId, queue: desk.queue })).rejects.toMatchObject(
      at("/queue", "no_target"),
    );
    const archived = await aQueue(db, org, { archivedAt: new Date() });
    await expect(forwardReview(member, { reviewId, queue: archived })).rejects.toMatchObject(
      at("/queue", "no_target"),
    );
    const to = (person: string) => forwardReview(member, { reviewId, person });
    await expect(to(userIdOf(org.auditor))).rejects.toMatchObject(at("/person", "not_a_reviewer"));
    const ana = await org.person("reviewer");
    await setPerson(db, ana, { awayUntil: minutesFromNow(30) });
    await expect(to(userIdOf(ana))).rejects.toMatchObject(at("/person", "away"));
    await setReview(db, reviewId, { excluded: [actorName(ana.actor)] });
    await expect(to(userIdOf(ana))).rejects.toMatchObject(at("/person", "excluded_person"));
    const skilled = await aQueue(db, org, { skills: ["german"] });
    await expect(
      forwardReview(member, { reviewId, queue: skilled, person: userIdOf(org.reviewer) }),
    ).rejects.toMatchObject(at("/person", "lacks_skill"));
    expect(await storedReview(db, reviewId)).toMatchObject({ status: "claimed", queueId: desk.queue });
  });

  test("a verdict that is given stays where it is", async () => {
    const { org, reviewId, lead, member } = await aLedQueue();
    await stageVerdict(member, { reviewId, ruling: { verdict: "approve" } });
    const queue = await aQueue(db, org);
    for (const again of [
      () => forwardReview(lead, { reviewId, queue }),
      () => reassignReview(lead, { reviewId, person: null }),
      () => takeOverReview(lead, { reviewId }),
    ])
      await expect(again()).rejects.toMatchObject({ kind: "conflict" });
  });

  test("targets are queues in use and reviewers who may be asked, and what each lacks", async () => {
    const { org, desk, reviewId, lead, member } = await aLedQueue();
    await setQueue(db, desk.queue, { skills: ["german"] });
    await aQueue(db, org, { archivedAt: new Date() });
    await setReview(db, reviewId, { excluded: [actorName(org.reviewer.actor)] });
    const targets = await listPassTargets(lead, { reviewId });
    expect(targets.queues).toMatchObject([{ id: desk.queue, current: true }]);
    expect(targets.people).toMatchObject([
      { id: userIdOf(member), lacks: ["german"], works_here: true, away_until: null },
    ]);
    expect(targets.may_reassign).toBe(true);
  });
});

describe("a lead", () => {
  test("gives a review to somebody, or back to the queue; a member may not", async () => {
    const { reviewId, decisionId, lead, member, org } = await aLedQueue();
    await expect(reassignReview(member, { reviewId, person: null })).rejects.toMatchObject({
      code: "not_a_lead",
    });
    await reassignReview(lead, { reviewId, person: userIdOf(lead) });
    expect(await storedReview(db, reviewId)).toMatchObject({
      status: "open",
      claimedBy: null,
      assignedTo: actorName(lead.actor),
    });
    await reassignReview(org.admin, { reviewId, person: null });
    expect((await storedReview(db, reviewId)).assignedTo).toBeNull();
    const { events } = await traces(db, decisionId, reviewId);
    expect(events).toEqual(["review.claimed", "review.assigned", "review.unassigned"]);
  });

  test("takes over what somebody holds and rules; a member and an admin may not", async () => {
    const { reviewId, lead, member, org, desk } = await aLedQueue();
    const other = await org.person("reviewer");
    await joinQueue(db, desk.queue, other);
    await expect(takeOverReview(other, { reviewId })).rejects.toMatchObject({ code: "not_a_lead" });
    await expect(takeOverReview(org.admin, { reviewId })).rejects.toMatchObject({ kind: "forbidden" });
    await takeOverReview(lead, { reviewId });
    expect(await storedReview(db, reviewId)).toMatchObject({
      status: "claimed",
      claimedBy: actorName(lead.actor),
    });
    await expect(heartbeatReview(member, { reviewId })).rejects.toMatchObject({ code: "lease_lost" });
    await heartbeatReview(lead, { reviewId });
  });
});

describe("people", () => {
  test("a lead and an admin say what somebody can, nobody of themselves", async () => {
    const { org, lead, member } = await aLedQueue();
    const person = userIdOf(member);
    expect(await setSkills(lead, { person, skills: ["german", "german", "refunds"] })).toMatchObject({
      skills: ["german", "refunds"],
    });
    await expect(setSkills(lead, { person: userIdOf(lead), skills: [] })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(setSkills(member, { person: userIdOf(lead), skills: [] })).rejects.toMatchObject({
      code: "not_a_lead",
    });
    const { data } = await listPeople(org.auditor);
    expect(data.find(({ id }) => id === person)).toMatchObject({
      skills: ["german", "refunds"],
      away_until: null,
    });
  });

  test("everybody says of themselves that they are away, leads and admins of others", async () => {
    const { org, lead, member } = await aLedQueue();
    const until = inAnHour();
    expect(await setAway(member, { person: "me", until })).toMatchObject({ away_until: until });
    expect(await setAway(lead, { person: userIdOf(member), until: null })).toMatchObject({
      away_until: null,
    });
    await expect(setAway(org.reviewer, { person: userIdOf(member), until })).rejects.toMatchObject({
      code: "not_a_lead",
    });
    await expect(
      setAway(member, { person: "me", until: minutesFromNow(-5).toISOString() }),
    ).rejects.toMatchObject({
      kind: "invalid",
      errors: [{ pointer: "/until" }],
    });
    const journal = await db
      .select()
      .from(schema.journal)
      .where(eq(schema.journal.subject, userIdOf(member)));
    expect(journal.map(({ action }) => action)).toEqual(["person.away_set", "person.away_set"]);
  });
});

describe("a queue that shares its reviews out", () => {
  async function aSharingQueue(columns: Parameters<typeof setQueue>[2] = {}) {
    const made = await anOpenReview(db);
    await setQueue(db, made.desk.queue, { autoAssign: true, ...columns });
    const [ana, bo] = [made.org.reviewer, await made.org.person("reviewer")];
    for (const person of [ana, bo]) await joinQueue(db, made.desk.queue, person);
    const keptFor = async (person: typeof ana) =>
      (
        await db
          .select({ id: schema.reviews.id })
          .from(schema.reviews)
          .where(
            and(
              eq(schema.reviews.orgId, made.org.orgId),
              eq(schema.reviews.assignedTo, actorName(person.actor)),
            ),
          )
      ).map(({ id }) => id);
    return { ...made, ana, bo, keptFor };
  }

  test("keeps them for its members by load, told and on record, and no more than the cap", async () => {
    const { org, ana, bo, keptFor, more, desk, decisionId, reviewId } = await aSharingQueue({ loadCap: 2 });
    for (let i = 0; i < 5; i++) await more();
    expect(await assignReviews(org.system)).toEqual({ returned: 0, assigned: 4 });
    expect([(await keptFor(ana)).length, (await keptFor(bo)).length]).toEqual([2, 2]);
    expect(await assignReviews(org.system)).toEqual({ returned: 0, assigned: 0 });
    expect((await traces(db, decisionId, reviewId)).events).toEqual(["review.assigned"]);
    const journal = await db.select().from(schema.journal).where(eq(schema.journal.subject, desk.queue));
    expect(journal.map(({ action }) => action)).toEqual(["reviews.assigned"]);
    const next = await claimNextReview(ana, { exclude: [] });
    expect(await keptFor(ana)).toContain(next.review?.id);
  });

  test("passes over who is away, lacks a skill, or is kept out", async () => {
    const { org, ana, bo, keptFor, reviewId, desk } = await aSharingQueue();
    await setQueue(db, desk.queue, { skills: ["german"] });
    await setPerson(db, ana, { skills: ["german"], awayUntil: minutesFromNow(30) });
    expect(await assignReviews(org.system)).toMatchObject({ assigned: 0 });
    await setPerson(db, bo, { skills: ["german"] });
    await setReview(db, reviewId, { excluded: [actorName(bo.actor)] });
    expect(await assignReviews(org.system)).toMatchObject({ assigned: 0 });
    await setPerson(db, ana, { awayUntil: minutesFromNow(-1) });
    expect(await assignReviews(org.system)).toMatchObject({ assigned: 1 });
    expect(await keptFor(ana)).toEqual([reviewId]);
  });

  test("takes back what was kept for somebody who goes away, for others; what they hold stays", async () => {
    const { org, ana, bo, keptFor, reviewId, more } = await aSharingQueue();
    await setPerson(db, bo, { awayUntil: minutesFromNow(30) });
    await more();
    await assignReviews(org.system);
    expect(await keptFor(ana)).toHaveLength(2);
    const held = (await claimNextReview(ana, { exclude: [] })).review?.id ?? reviewId;
    await setPerson(db, bo, { awayUntil: null });
    await setAway(ana, { person: "me", until: inAnHour() });
    expect(await assignReviews(org.system)).toEqual({ returned: 1, assigned: 1 });
    expect(await keptFor(ana)).toEqual([held]);
    expect(await keptFor(bo)).toHaveLength(1);
  });

  test("two workers at once assign nothing twice", async () => {
    const { org, more } = await aSharingQueue();
    for (let i = 0; i < 9; i++) await more();
    const done = await Promise.all([
      assignReviews(org.system),
      assignReviews(org.system),
      assignReviews(org.system),
    ]);
    expect(done.reduce((sum, { assigned }) => sum + assigned, 0)).toBe(10);
  });
});
