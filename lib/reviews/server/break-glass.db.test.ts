import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import type { Context } from "@/lib/server/context";
import { resolveReview } from "./resolve-review";
import { setReview, minutesFromNow } from "./testing";
import { aRuledReview, joins, makeRule, type RuledReview } from "./testing-four-eyes";
import { setPerson, setQueue } from "./testing-queues";

const { db } = await testDatabase();
const possible = { code: "quorum_possible" };

/** Two people are asked for; Ana leads its queue, Bo and Cleo are members. */
async function aLedReview(options: Parameters<typeof aRuledReview>[1] = {}) {
  const world = await aRuledReview(db, options);
  await joins(db, world, world.ana, "lead");
  for (const person of [world.bo, world.cleo]) await joins(db, world, person);
  return world;
}

function breakGlass({ reviewId }: RuledReview, ctx: Context) {
  const ruling = { verdict: "approve", break_glass: "Nobody else can be had" } as const;
  return resolveReview(ctx, { reviewId, ruling });
}

test("while others could approve the glass stays whole; once it is due it may be broken", async () => {
  const world = await aLedReview();
  await expect(breakGlass(world, world.ana)).rejects.toMatchObject(possible);
  await setReview(db, world.reviewId, { dueAt: minutesFromNow(-1) });
  expect(await breakGlass(world, world.ana)).toMatchObject({ decisionStatus: "approved" });
});

test("only a lead breaks it", async () => {
  const world = await aLedReview();
  await setReview(db, world.reviewId, { dueAt: minutesFromNow(-1) });
  await expect(breakGlass(world, world.bo)).rejects.toMatchObject({ code: "not_a_lead" });
});

test("whoever is away, or lacks a skill of the queue, cannot be had", async () => {
  const world = await aLedReview();
  await setQueue(db, world.desk.queue, { skills: ["finance"] });
  await setPerson(db, world.ana, { skills: ["finance"] });
  await setPerson(db, world.bo, { skills: ["finance"], awayUntil: minutesFromNow(60) });
  expect(await breakGlass(world, world.ana)).toMatchObject({ decisionStatus: "approved" });
});

test("somebody whom the rule names can be had, though they do not work in its queue", async () => {
  const world = await aRuledReview(db, { stages: null });
  await joins(db, world, world.ana, "lead");
  await makeRule(db, world, [
    { name: "Anybody", minimum: 1 },
    { name: "Cleo signs", minimum: 1, members: [world.cleo.actor.id] },
  ]);
  await expect(breakGlass(world, world.ana)).rejects.toMatchObject(possible);
});

test("a stage whose people are gone cannot be filled, however many others there are", async () => {
  const world = await aRuledReview(db, { stages: null });
  await joins(db, world, world.ana, "lead");
  await joins(db, world, world.bo);
  await makeRule(db, world, [
    { name: "Anybody", minimum: 1 },
    { name: "Cleo signs", minimum: 1, members: [world.cleo.actor.id] },
  ]);
  await setPerson(db, world.cleo, { awayUntil: minutesFromNow(60) });
  expect(await breakGlass(world, world.ana)).toMatchObject({ decisionStatus: "approved" });
});

test("whom a stage leaves out, this one or a later one, does not break it, however late it is", async () => {
  const world = await aRuledReview(db, { stages: null });
  await joins(db, world, world.ana, "lead");
  await makeRule(db, world, [
    { name: "Anybody", minimum: 1 },
    { name: "Not Ana", minimum: 1, excluded: [world.ana.actor.id] },
  ]);
  await setReview(db, world.reviewId, { dueAt: minutesFromNow(-1) });
  await expect(breakGlass(world, world.ana)).rejects.toMatchObject({ code: "excluded_person" });
});
