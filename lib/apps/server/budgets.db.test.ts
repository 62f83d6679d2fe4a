import { describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { aRefundDesk, anOrg } from "@/db/testing-fixtures";
import { BudgetFilter, CreateBudget } from "../budgets";
import { createBudget } from "./create-budget";
import { listBudgets, listBudgetsOf } from "./list-budgets";
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
  const archived = await updateBudget(org.admin, { budget: made.id, archived: true, version: 1 });
  expect(archived.archived_at).not.toBeNull();
  expect((await listBudgets(org.admin, all)).data).toEqual([]);
  const again = await createBudget(org.admin, { ...daily, max_amount: 5 });
  expect(again).toMatchObject({ id: made.id, max_amount: 5, archived_at: null, version: 3 });
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
