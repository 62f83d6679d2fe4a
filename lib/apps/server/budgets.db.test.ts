import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { budgets, users } from "@/db/schema";
import { aRefundDesk, anOrg, type TestOrg } from "@/db/testing-fixtures";
import { BudgetFilter, CreateBudget, type UpdateBudget } from "../budgets";
import { createBudget } from "./create-budget";
import { listBudgets, listBudgetsOf } from "./list-budgets";
import { signBudget } from "./sign-budget";
import { trailOf } from "./testing-trail";
import { updateBudget } from "./update-budget";

const { db } = await testDatabase();
const all = BudgetFilter.parse({});

async function aDesk() {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const daily = CreateBudget.parse({
    scope: "app",
    scope_id: desk.app,
    period: "day",
    currency: "EUR",
    max_amount: 100_000,
  });
  return { org, desk, daily };
}

/** What takes two admins, done by both. */
async function byTwo(org: TestOrg, input: UpdateBudget) {
  const { version } = await updateBudget(org.admin, input);
  return signBudget(await org.person("admin"), { budget: input.budget, version });
}

test("an admin makes a budget; it is journalled, told, and listed with nothing used", async () => {
  const { org, desk, daily } = await aDesk();
  const made = await createBudget(org.admin, daily);
  expect(made).toMatchObject({
    scope: "app",
    scope_name: "Refund desk",
    currency: "EUR",
    max_amount: 100_000,
    max_count: null,
    used: { amount: 0, count: 0, subject: null },
    version: 1,
  });
  expect(new Date(made.used.window_end).getTime() - new Date(made.used.window_start).getTime()).toBe(
    86_400_000,
  );
  expect((await listBudgets(org.reviewer, all)).data).toEqual([made]);
  expect(await trailOf(db, made.id)).toMatchObject({
    journal: [{ action: "budget.created", data: { scope_id: desk.app, max_amount: 100_000 } }],
    events: ["budget.changed"],
  });
});

test("there is one budget a scope, period and currency; an archived one is taken up again", async () => {
  const { org, daily } = await aDesk();
  const made = await createBudget(org.admin, daily);
  await expect(createBudget(org.admin, daily)).rejects.toMatchObject({ kind: "conflict" });
  const archived = await byTwo(org, { budget: made.id, archived: true, version: 1 });
  expect(archived.archived_at).not.toBeNull();
  expect((await listBudgets(org.admin, all)).data).toEqual([]);
  const again = await createBudget(org.admin, { ...daily, max_amount: 5 });
  expect(again).toMatchObject({ id: made.id, max_amount: 5, archived_at: null, version: 4 });
});

test("a change names the version it was made on, and must leave something limited", async () => {
  const { org, daily } = await aDesk();
  const { id } = await createBudget(org.admin, daily);
  expect(await updateBudget(org.admin, { budget: id, max_count: 10, version: 1 })).toMatchObject({
    max_amount: 100_000,
    max_count: 10,
    version: 2,
  });
  await expect(updateBudget(org.admin, { budget: id, max_count: 9, version: 1 })).rejects.toMatchObject({
    code: "stale_version",
  });
  const none = { budget: id, max_amount: null, max_count: null, version: 2 };
  await expect(updateBudget(org.admin, none)).rejects.toMatchObject({ kind: "invalid" });
});

describe("what makes no sense is refused", () => {
  test.each([
    [{ period: "day" }, "no limit"],
    [{ period: "day", max_amount: 5 }, "an amount without a currency"],
    [{ period: "day", max_count: 5, currency: "EUR" }, "a currency without an amount"],
    [{ period: "day", max_count: 0 }, "a count of nothing"],
    [{ period: "week", max_count: 5 }, "an unknown period"],
  ])("%j: %s", (part, _why) => {
    expect(CreateBudget.safeParse({ scope: "app", scope_id: "x", ...part }).success).toBe(false);
  });
});

test("only admins write; an app's key reads its own app's budgets; another organisation sees none", async () => {
  const { org, desk, daily } = await aDesk();
  const other = await aRefundDesk(db, org);
  const mine = await createBudget(org.admin, daily);
  const subject = CreateBudget.parse({ scope: "subject", scope_id: desk.app, period: "hour", max_count: 3 });
  const each = await createBudget(org.admin, subject);
  await createBudget(org.admin, { ...daily, scope_id: other.app });
  const type = await createBudget(org.admin, { ...daily, scope: "type", scope_id: desk.type });
  const key = await org.keyOf(desk.app, ["decisions:read"]);
  expect((await listBudgets(key, all)).data.map((budget) => budget.id)).toEqual([each.id, mine.id]);
  expect((await listBudgetsOf(org.reviewer, { app: desk.app })).map((budget) => budget.id)).toEqual([
    type.id,
    each.id,
    mine.id,
  ]);
  for (const ctx of [org.reviewer, org.auditor, key]) {
    await expect(createBudget(ctx, daily)).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateBudget(ctx, { budget: mine.id, version: 1 })).rejects.toMatchObject({
      code: "forbidden",
    });
  }
  const stranger = await anOrg(db);
  expect((await listBudgets(stranger.admin, all)).data).toEqual([]);
  await expect(updateBudget(stranger.admin, { budget: mine.id, version: 1 })).rejects.toMatchObject({
    kind: "not_found",
  });
  await expect(createBudget(stranger.admin, daily)).rejects.toMatchObject({ kind: "not_found" });
});

describe("more is carried out only where two admins want it", () => {
  test.each([
    ["a higher amount", { max_amount: 200_000 }],
    ["no amount, but a number of acts", { max_amount: null, max_count: 5 }],
    ["the archive", { archived: true }],
  ])("%s is proposed by one and signed by another; until then nothing changes", async (_what, change) => {
    const { org, daily } = await aDesk();
    const { id } = await createBudget(org.admin, daily);
    const asked = await updateBudget(org.admin, { budget: id, ...change, version: 1 });
    expect(asked).toMatchObject({
      max_amount: 100_000,
      max_count: null,
      archived_at: null,
      version: 2,
      proposal: { ...change, proposed_by: { id: org.admin.actor.id } },
    });
    const own = signBudget(org.admin, { budget: id, version: 2 });
    await expect(own).rejects.toMatchObject({ code: "own_proposal" });
    await expect(signBudget(org.reviewer, { budget: id, version: 2 })).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await org.person("admin");
    const signed = await signBudget(other, { budget: id, version: 2 });
    const { archived, ...limits } = { archived: false, ...change };
    expect(signed).toMatchObject({ ...limits, version: 3, proposal: null });
    expect(signed.archived_at !== null).toBe(archived);
    const { journal, events } = await trailOf(db, id);
    expect(events).toEqual(["budget.changed", "budget.proposed", "budget.changed"]);
    expect(journal[2]).toMatchObject({ data: { proposed_by: `user:${org.admin.actor.id}` } });
    await expect(signBudget(other, { budget: id, version: 3 })).rejects.toMatchObject({
      code: "proposal_lapsed",
    });
  });

  test("one alone makes it stricter, which ends what was proposed", async () => {
    const { org, daily } = await aDesk();
    const { id } = await createBudget(org.admin, daily);
    await updateBudget(org.admin, { budget: id, max_amount: 200_000, version: 1 });
    const stricter = await updateBudget(org.admin, { budget: id, max_amount: 50_000, version: 2 });
    expect(stricter).toMatchObject({ max_amount: 50_000, proposal: null, version: 3 });
    const other = await org.person("admin");
    await expect(signBudget(other, { budget: id, version: 3 })).rejects.toMatchObject({
      code: "proposal_lapsed",
    });
  });

  test("nobody signs what they have not read, or what was proposed by who is no admin any more", async () => {
    const { org, daily } = await aDesk();
    const { id } = await createBudget(org.admin, daily);
    const other = await org.person("admin");
    await updateBudget(org.admin, { budget: id, max_amount: 200_000, version: 1 });
    await updateBudget(org.admin, { budget: id, max_amount: 900_000, version: 2 });
    await expect(signBudget(other, { budget: id, version: 2 })).rejects.toMatchObject({
      code: "stale_version",
    });
    await db
      .update(users)
      .set({ role: "auditor" })
      .where(eq(users.id, org.admin.actor.id ?? ""));
    await expect(signBudget(other, { budget: id, version: 3 })).rejects.toMatchObject({
      code: "proposal_lapsed",
    });
  });

  test("sending the limits in force again declines it, and says so in the journal", async () => {
    const { org, daily } = await aDesk();
    const { id } = await createBudget(org.admin, daily);
    await updateBudget(org.admin, { budget: id, archived: true, version: 1 });
    const other = await org.person("admin");
    expect(await updateBudget(other, { budget: id, version: 2 })).toMatchObject({
      proposal: null,
      archived_at: null,
    });
    expect((await trailOf(db, id)).journal.at(-1)).toMatchObject({ action: "budget.proposal_closed" });
  });

  test("a first budget in a further currency waits out of force: it would give room to money that had none", async () => {
    const { org, daily } = await aDesk();
    await createBudget(org.admin, daily);
    const dollars = await createBudget(org.admin, { ...daily, currency: "USD", max_amount: 5_000_000 });
    expect(dollars.archived_at).not.toBeNull();
    expect(dollars.proposal).toMatchObject({ max_amount: 5_000_000, archived: false });
    expect((await listBudgets(org.admin, all)).data.map(({ id }) => id)).toContain(dollars.id);
    const other = await org.person("admin");
    const signed = await signBudget(other, { budget: dollars.id, version: dollars.version });
    expect(signed).toMatchObject({ archived_at: null, max_amount: 5_000_000 });
    // Where money has room already, one more budget only narrows it.
    const hourly = await createBudget(org.admin, { ...daily, currency: "USD", period: "hour" });
    expect(hourly).toMatchObject({ archived_at: null, proposal: null });
  });

  test("SQL refuses one person's raise, and one that is not what was proposed", async () => {
    const { org, daily } = await aDesk();
    const { id } = await createBudget(org.admin, daily);
    const other = await org.person("admin");
    const raise = (by: typeof other, maxAmount: number) =>
      db
        .update(budgets)
        .set({ maxAmount, updatedBy: `user:${by.actor.id}` })
        .where(eq(budgets.id, id));
    await expect(raise(org.admin, 200_000)).rejects.toThrow();
    await updateBudget(org.admin, { budget: id, max_amount: 200_000, version: 1 });
    await expect(raise(org.admin, 200_000)).rejects.toThrow();
    await expect(raise(other, 900_000)).rejects.toThrow();
    await raise(other, 200_000);
  });
});
