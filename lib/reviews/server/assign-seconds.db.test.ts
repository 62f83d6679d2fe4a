import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { assignReviews } from "./assign-reviews";
import { claimNextReview } from "./claim-next-review";
import { minutesFromNow, storedReview } from "./testing";
import { aRuledReview, joins, makeRule, named, type RuledReview } from "./testing-four-eyes";
import { setPerson, setQueue } from "./testing-queues";

const { db } = await testDatabase();

/** Its queue shares reviews out among Ana, Bo and Cleo; Ana, who has least to do, gave the first approval. */
async function afterTheFirst(world: RuledReview) {
  for (const person of [world.ana, world.bo, world.cleo]) await joins(db, world, person);
  await setQueue(db, world.desk.queue, { autoAssign: true });
  await world.approve(world.ana);
  return world.live();
}

test("a further approval is kept for somebody who may give it, never for who gave one", async () => {
  const world = await aRuledReview(db);
  const second = await afterTheFirst(world);
  expect(await assignReviews(world.org.system)).toMatchObject({ assigned: 1 });
  const { assignedTo } = await storedReview(db, second);
  expect([named(world.bo), named(world.cleo)]).toContain(assignedTo);
});

test("where everybody else is away it is kept for nobody, and is there for whoever comes", async () => {
  const world = await aRuledReview(db);
  const second = await afterTheFirst(world);
  for (const person of [world.bo, world.cleo]) {
    await setPerson(db, person, { awayUntil: minutesFromNow(60) });
  }
  expect(await assignReviews(world.org.system)).toMatchObject({ assigned: 0 });
  expect((await claimNextReview(world.bo, { exclude: [] })).review?.id).toBe(second);
});

test("a stage that names people is kept for one of them", async () => {
  const world = await aRuledReview(db, { stages: null });
  await makeRule(db, world, [
    { name: "Anybody", minimum: 1 },
    { name: "Cleo signs", minimum: 1, members: [world.cleo.actor.id] },
  ]);
  const second = await afterTheFirst(world);
  await assignReviews(world.org.system);
  expect(await storedReview(db, second)).toMatchObject({ assignedTo: named(world.cleo) });
});

test("a stage that asks for a skill is neither kept for nor handed to whoever lacks it", async () => {
  const world = await aRuledReview(db, {
    stages: [
      { name: "Anybody", minimum: 1 },
      { name: "Finance", minimum: 1, skills: ["finance"] },
    ],
  });
  const second = await afterTheFirst(world);
  expect((await claimNextReview(world.bo, { exclude: [] })).review).toBeNull();
  await setPerson(db, world.cleo, { skills: ["finance"] });
  await assignReviews(world.org.system);
  expect(await storedReview(db, second)).toMatchObject({ assignedTo: named(world.cleo) });
});
