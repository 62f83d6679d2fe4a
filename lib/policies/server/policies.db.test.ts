import { and, eq, like } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { events, journal, policyVersions, replays } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import type { Context } from "@/lib/server/context";
import { policyTemplates } from "../templates";
import { CreatePolicy, type FixtureInput, type PolicyView, type RuleInput } from "../views";
import { changePolicy } from "./change-policy";
import { evaluatePolicy, testPolicy } from "./check-policy";
import { createPolicy } from "./create-policy";
import { listPolicies, listPolicyVersions } from "./list-policies";
import { publishPolicy } from "./publish-policy";
import { rollBackPolicy } from "./roll-back-policy";
import { discardDraft, saveDraft } from "./save-draft";
import { endShadow, startShadow } from "./start-shadow";

const { db } = await testDatabase();

let org: TestOrg;
let desk: TestDesk;
let second: Context;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
  second = await org.person("admin");
});

const over: RuleInput = { id: "over_150", when: "decision.amount > 15000.0", effect: "require_review" };
const fixture: FixtureInput = {
  name: "a large one",
  decision: { amount: 20_000 },
  expect: { effect: "require_review" },
};
const create = (more: Partial<CreatePolicy> = {}) =>
  createPolicy(
    org.admin,
    CreatePolicy.parse({ name: "Refund cap", app: desk.app, rules: [over], fixtures: [fixture], ...more }),
  );
const at = ({ id, version }: PolicyView) => ({ policy: id, version });
const inShadow = async (policy: PolicyView) => startShadow(org.admin, at(policy));
const inForce = async (policy: PolicyView) => publishPolicy(second, at(await inShadow(policy)));

describe("from draft to force", () => {
  test("a second admin puts it in force; who edited it last does not", async () => {
    const shadow = await inShadow(await create());
    expect(shadow.open).toMatchObject({ number: 1, status: "shadow" });
    await expect(publishPolicy(org.admin, at(shadow))).rejects.toMatchObject({ code: "same_person" });
    await expect(publishPolicy(org.auditor, at(shadow))).rejects.toMatchObject({ kind: "forbidden" });
    const published = await publishPolicy(second, at(shadow));
    expect(published).toMatchObject({ open: null, published: { number: 1, status: "published" } });
    const told = await db
      .select()
      .from(events)
      .where(and(eq(events.orgId, org.orgId), eq(events.type, "policy.published")));
    expect(told).toMatchObject([{ subject: shadow.id, data: { number: 1, app_id: desk.app } }]);
    const written = await db
      .select()
      .from(journal)
      .where(and(eq(journal.orgId, org.orgId), like(journal.action, "policy.%")))
      .orderBy(journal.id);
    expect(written.map(({ action }) => action)).toEqual([
      "policy.created",
      "policy.shadow_started",
      "policy.published",
    ]);
  });

  test("not straight from draft, not with a failing fixture, not without one, not with a broken rule", async () => {
    const draft = await create();
    await expect(publishPolicy(second, at(draft))).rejects.toMatchObject({ code: "not_in_shadow" });
    const failing = await create({ fixtures: [{ ...fixture, expect: { effect: null } }] });
    await expect(inForce(failing)).rejects.toMatchObject({ code: "fixtures_failed" });
    await expect(inForce(await create({ fixtures: [] }))).rejects.toMatchObject({ code: "fixtures_failed" });
    const broken = await create({ rules: [{ ...over, when: "decision.amount * 2 > 10.0" }] });
    await expect(inShadow(broken)).rejects.toMatchObject({
      code: "invalid_rule",
      errors: [{ pointer: "/rules/0/when", fix: expect.stringContaining("write 2.0") }],
      extra: { rule: { id: "over_150", line: 1, column: 1 } },
    });
  });

  test("of two who publish at once, one does", async () => {
    const shadow = await inShadow(await create());
    const third = await org.person("admin");
    const both = await Promise.allSettled([second, third].map((who) => publishPolicy(who, at(shadow))));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "stale_version" },
    });
  });

  test("the next version takes its place, and nobody changes what was in force", async () => {
    const first = await inForce(await create());
    const more = { ...over, id: "over_1000", when: "decision.amount > 100000.0" };
    const draft = await saveDraft(org.admin, {
      ...at(first),
      rules: [over, more],
      fixtures: [fixture],
      note: "",
    });
    expect(draft).toMatchObject({ published: { number: 1 }, open: { number: 2, status: "draft" } });
    const published = await inForce(draft);
    expect(published).toMatchObject({ published: { number: 2 }, open: null });
    const { data } = await listPolicyVersions(org.auditor, { policy: first.id });
    expect(data.map(({ number, status }) => [number, status])).toEqual([
      [2, "published"],
      [1, "retired"],
    ]);
  });

  test("one that may ask for less is replayed first, and what it would have let act is opened", async () => {
    const first = await inForce(await create());
    const empty = await saveDraft(org.admin, {
      ...at(first),
      rules: [],
      fixtures: [],
      note: "No longer needed",
    });
    const shadow = await inShadow(empty);
    await expect(publishPolicy(second, at(shadow))).rejects.toMatchObject({ code: "replay_required" });
    expect(await db.select().from(replays).where(eq(replays.orgId, org.orgId))).toEqual([]);
  });
});

describe("a draft", () => {
  test("a stale version is refused, and a version in shadow goes back to draft before it changes", async () => {
    const policy = await create();
    const saved = await saveDraft(second, { ...at(policy), rules: [over], fixtures: [], note: "" });
    expect(saved.open?.edited_by.id).toBe(`user:${second.actor.id}`);
    const stale = saveDraft(org.admin, { ...at(policy), rules: [], fixtures: [], note: "" });
    await expect(stale).rejects.toMatchObject({ code: "stale_version" });
    const shadow = await inShadow(saved);
    const change = { rules: [], fixtures: [], note: "" };
    await expect(saveDraft(org.admin, { ...at(shadow), ...change })).rejects.toMatchObject({
      code: "in_shadow",
    });
    const back = await endShadow(org.admin, at(shadow));
    expect((await saveDraft(org.admin, { ...at(back), ...change })).open).toMatchObject({
      status: "draft",
      number: 1,
      rules: [],
    });
  });

  test("is given up without a trace in force", async () => {
    const first = await inForce(await create());
    const draft = await saveDraft(org.admin, { ...at(first), rules: [], fixtures: [], note: "" });
    expect(await discardDraft(org.admin, at(draft))).toMatchObject({ open: null, published: { number: 1 } });
  });

  test("comes from an earlier version by one step, and goes the way of every other", async () => {
    const first = await inForce(await create());
    const more = { ...over, id: "more" };
    const draft = await saveDraft(org.admin, {
      ...at(first),
      rules: [over, more],
      fixtures: [fixture],
      note: "",
    });
    const now = await inForce(draft);
    const back = await rollBackPolicy(org.admin, { ...at(now), number: 1 });
    expect(back).toMatchObject({
      published: { number: 2 },
      open: { number: 3, status: "draft", rules: [over] },
    });
    const unknown = rollBackPolicy(org.admin, { ...at(back), number: 9 });
    await expect(unknown).rejects.toMatchObject({ kind: "not_found" });
  });

  test("names only queues in use", async () => {
    const rules = [{ ...over, effect: "route_to" as const, queue_id: "que_none" }];
    await expect(create({ rules })).rejects.toMatchObject({ errors: [{ pointer: "/rules/0/queue_id" }] });
    expect(
      (await create({ rules: [{ ...rules[0], queue_id: desk.queue } as RuleInput] })).open?.rules,
    ).toMatchObject([{ queue_id: desk.queue }]);
  });
});

test("an app sees its own policies and everybody's, in order; another organisation none", async () => {
  const other = await aRefundDesk(db, org);
  const everywhere = await create({ app: null, position: 2, name: "Everywhere" });
  const own = await create({ position: 1 });
  await create({ app: other.app });
  const { data } = await listPolicies(org.reviewer, { app: desk.app });
  expect(data.map(({ id }) => id)).toEqual([own.id, everywhere.id]);
  expect((await listPolicies((await anOrg(db)).admin, {})).data).toEqual([]);
});

test("it is archived once nothing of it is in force", async () => {
  const draft = await create();
  expect((await changePolicy(org.admin, { ...at(draft), archived: true })).archived_at).not.toBeNull();
  const live = await inForce(await create());
  await expect(changePolicy(org.admin, { ...at(live), archived: true })).rejects.toMatchObject({
    code: "policy_in_force",
  });
  expect(await changePolicy(org.admin, { ...at(live), name: "Cap" })).toMatchObject({ name: "Cap" });
});

test("rules are checked and fixtures run without anything being stored", async () => {
  const [cap] = policyTemplates;
  const rules = [...(cap?.rules ?? [])];
  const checked = await evaluatePolicy(org.reviewer, {
    rules: [...rules, { ...over, id: "broken", when: "decision.amuont > 1.0" }],
    fixtures: [fixture],
  });
  expect(checked.problems).toMatchObject([{ rule: "broken", line: 1, column: 10 }]);
  expect(checked.fixtures).toMatchObject([{ pass: false, failed: ["broken"] }]);
  expect(await testPolicy(org.reviewer, { policy: (await create()).id })).toMatchObject({
    problems: [],
    fixtures: [{ pass: true, effect: "require_review", rules: ["over_150"] }],
  });
  expect(await db.select().from(policyVersions).where(eq(policyVersions.orgId, org.orgId))).toHaveLength(1);
});

test("only an admin writes", async () => {
  const policy = await create();
  for (const who of [org.reviewer, org.auditor]) {
    await expect(startShadow(who, at(policy))).rejects.toMatchObject({ kind: "forbidden" });
  }
});
