import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { autonomies, autonomyRaises, users } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg } from "@/db/testing-fixtures";
import { closeRaise } from "./close-raise";
import { createApp } from "./create-app";
import { createDecisionType } from "./create-decision-type";
import { getAutonomy } from "./get-autonomy";
import { proposeRaise } from "./propose-raise";
import { setAutonomy } from "./set-autonomy";
import { signRaise } from "./sign-raise";
import { anApp, anAutonomy, aType } from "./testing-inputs";
import { trailOf } from "./testing-trail";
import { updateDecisionType } from "./update-decision-type";

const { db } = await testDatabase();
const reason = "It has earned it";

async function aPair(over: object = {}) {
  const org = await anOrg(db);
  const app = await createApp(org.admin, anApp());
  const type = await createDecisionType(
    org.admin,
    aType({ reversibility: "compensable", amount_pointer: "/amount", ...over }),
  );
  const pair = { app: app.key, type: type.key };
  const other = await org.person("admin");
  const ask = (more: Parameters<typeof anAutonomy>[0] = {}) =>
    proposeRaise(org.admin, { ...pair, reason, autonomy: anAutonomy(more) });
  const sign = (by: typeof other, proposal: { id: string }) =>
    signRaise(by, { ...pair, proposal: proposal.id });
  const read = () => getAutonomy(org.admin, pair);
  return { org, app, type, pair, other, ask, sign, read };
}

test.each([
  ["that moves money", {}],
  ["that cannot be undone", { amount_pointer: null, reversibility: "irreversible" }],
])("of a type %s no admin alone lets anything run alone: another one signs", async (_what, over) => {
  const of = await aPair(over);
  await expect(setAutonomy(of.org.admin, { ...of.pair, autonomy: anAutonomy() })).rejects.toMatchObject({
    code: "needs_two",
    extra: { raised: ["level"] },
  });
  const proposal = await of.ask();
  expect(await of.read()).toMatchObject({
    level: "review_all",
    version: 0,
    raising_takes_two: true,
    proposal: { id: proposal.id, reason, proposed_by: { id: of.org.admin.actor.id } },
  });
  await expect(of.sign(of.org.admin, proposal)).rejects.toMatchObject({ code: "own_proposal" });
  expect(await of.sign(of.other, proposal)).toMatchObject({
    level: "auto",
    threshold: 0.95,
    version: 1,
    proposal: null,
    updated_by: `user:${of.other.actor.id}`,
  });
  const trail = await trailOf(db, `${of.app.id}/${of.type.id}`);
  expect(trail.events).toEqual(["autonomy.proposed", "autonomy.changed"]);
  expect(trail.journal.map(({ action }) => action)).toEqual(["autonomy.proposed", "autonomy.changed"]);
  expect(trail.journal[1]).toMatchObject({
    data: { proposal: proposal.id, proposed_by: `user:${of.org.admin.actor.id}` },
  });
});

test("one admin takes back alone, and every further step up takes two again", async () => {
  const of = await aPair();
  await of.sign(of.other, await of.ask());
  const put = (more: object) => setAutonomy(of.org.admin, { ...of.pair, autonomy: anAutonomy(more) });
  expect(await put({ threshold: 0.97, amount_cap: 100, audit_rate: 1, version: 1 })).toMatchObject({
    version: 2,
  });
  for (const more of [
    { threshold: 0.96 },
    { amount_cap: null },
    { audit_rate: 0.5 },
    { decline_threshold: 0.5 },
  ])
    await expect(
      put({ threshold: 0.97, amount_cap: 100, audit_rate: 1, version: 2, ...more }),
    ).rejects.toMatchObject({ code: "needs_two" });
  expect(await put({ level: "review_all", threshold: null, version: 2 })).toMatchObject({
    level: "review_all",
  });
  await expect(put({ version: 3 })).rejects.toMatchObject({ code: "needs_two" });
  await expect(of.ask({ level: "shadow", threshold: null, version: 3 })).rejects.toMatchObject({
    code: "validation_failed",
  });
});

test("the database refuses one person's raise, and a signature by whoever proposed it", async () => {
  const of = await aPair();
  const by = `user:${of.org.admin.actor.id}`;
  const forged = db.insert(autonomies).values({
    orgId: of.org.orgId,
    appId: of.app.id,
    typeId: of.type.id,
    level: "auto",
    threshold: 0.1,
    updatedBy: by,
  });
  await expect(forged).rejects.toThrow();
  const proposal = await of.ask();
  const signed = db
    .update(autonomyRaises)
    .set({ status: "signed", decidedBy: by })
    .where(eq(autonomyRaises.id, proposal.id));
  await expect(signed).rejects.toThrow();
  await of.sign(of.other, proposal);
  await expect(
    db.update(autonomies).set({ threshold: 0.1, version: 2 }).where(eq(autonomies.typeId, of.type.id)),
  ).rejects.toThrow();
});

test("a proposal lapses once the setting is another, and another one may be made", async () => {
  const of = await aPair();
  const proposal = await of.ask();
  await expect(of.ask({ threshold: 0.5 })).rejects.toMatchObject({
    code: "proposal_open",
    extra: { proposal: proposal.id },
  });
  await setAutonomy(of.org.admin, { ...of.pair, autonomy: anAutonomy({ level: "shadow", threshold: null }) });
  expect(await of.read()).toMatchObject({ proposal: null, version: 1 });
  await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "proposal_lapsed" });
  expect(await of.ask({ version: 1 })).toMatchObject({ status: "open" });
});

test("another admin declines and its proposer withdraws, each with a reason, and nothing changes", async () => {
  const of = await aPair();
  const close = (by: typeof of.other, { id }: { id: string }) =>
    closeRaise(by, { ...of.pair, proposal: id, reason: "Too early" });
  expect(await close(of.other, await of.ask())).toMatchObject({ status: "declined" });
  const own = await of.ask();
  expect(await close(of.org.admin, own)).toMatchObject({ status: "withdrawn" });
  await expect(of.sign(of.other, own)).rejects.toMatchObject({ kind: "conflict" });
  expect(await of.read()).toMatchObject({ level: "review_all", proposal: null });
});

test("of two admins who sign at once one does", async () => {
  const of = await aPair();
  const third = await of.org.person("admin");
  const proposal = await of.ask();
  const both = await Promise.allSettled([of.sign(of.other, proposal), of.sign(third, proposal)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await of.read()).toMatchObject({ version: 1 });
});

test("neither another role nor another organisation proposes, signs or closes", async () => {
  const of = await aPair();
  const proposal = await of.ask();
  const stranger = await anOrg(db);
  for (const [ctx, kind] of [
    [of.org.reviewer, "forbidden"],
    [of.org.auditor, "forbidden"],
    [of.org.system, "forbidden"],
    [stranger.admin, "not_found"],
  ] as const) {
    await expect(proposeRaise(ctx, { ...of.pair, reason, autonomy: anAutonomy() })).rejects.toMatchObject({
      kind,
    });
    await expect(of.sign(ctx as typeof of.other, proposal)).rejects.toMatchObject({ kind });
    await expect(closeRaise(ctx, { ...of.pair, proposal: proposal.id, reason })).rejects.toMatchObject({
      kind,
    });
  }
});

test("a type made to look harmless still takes two; one that begins to move money has to be taken back first", async () => {
  const of = await aPair();
  const { version } = await updateDecisionType(of.org.admin, {
    type: of.type.key,
    version: of.type.version,
    amount_pointer: null,
    reversibility: "reversible",
  });
  expect(version).toBe(2);
  await expect(setAutonomy(of.org.admin, { ...of.pair, autonomy: anAutonomy() })).rejects.toMatchObject({
    code: "needs_two",
  });

  const light = await aPair({ amount_pointer: null, reversibility: "reversible" });
  await setAutonomy(light.org.admin, { ...light.pair, autonomy: anAutonomy() });
  const heavier = () =>
    updateDecisionType(light.org.admin, { type: light.type.key, version: 1, amount_pointer: "/amount" });
  await expect(heavier()).rejects.toMatchObject({ kind: "conflict" });
  await setAutonomy(light.org.admin, {
    ...light.pair,
    autonomy: anAutonomy({ level: "review_all", threshold: null, version: 1 }),
  });
  expect(await heavier()).toMatchObject({ version: 2 });
  await expect(
    setAutonomy(light.org.admin, { ...light.pair, autonomy: anAutonomy({ version: 2 }) }),
  ).rejects.toMatchObject({ code: "needs_two" });
});

test("nobody signs what was proposed by who is no admin any more", async () => {
  const of = await aPair();
  const proposal = await of.ask();
  await db
    .update(users)
    .set({ role: "reviewer" })
    .where(eq(users.id, of.org.admin.actor.id ?? ""));
  await expect(of.sign(of.other, proposal)).rejects.toMatchObject({ code: "proposal_lapsed" });
  expect(await of.read()).toMatchObject({ level: "review_all", version: 0 });
});
