import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { changeView } from "./change-view";
import { deleteView } from "./delete-view";
import { listSavedViews } from "./list-saved-views";
import { saveView } from "./save-view";

const { db } = await testDatabase();
let org: TestOrg;
beforeEach(async () => {
  org = await anOrg(db);
});

const mine = { page: "inbox", name: "Urgent refunds", query: "tab=unclaimed", shared: false } as const;
const namesOf = async (ctx: TestOrg["admin"], page?: "inbox" | "audits") =>
  (await listSavedViews(ctx, { page })).data.map(({ name }) => name);

test("a view is its owner's until they share it, and can be renamed, set anew and deleted by them", async () => {
  const view = await saveView(org.reviewer, mine);
  expect(view).toMatchObject({ ...mine, mine: true });
  expect(await namesOf(org.admin)).toEqual([]);
  const shared = await changeView(org.reviewer, { id: view.id, shared: true, name: "Refunds" });
  expect(shared).toMatchObject({ name: "Refunds", shared: true, query: mine.query });
  expect((await listSavedViews(org.admin, {})).data).toMatchObject([{ name: "Refunds", mine: false }]);
  expect(await changeView(org.reviewer, { id: view.id, query: "tab=mine" })).toMatchObject({
    query: "tab=mine",
  });
  await deleteView(org.reviewer, { id: view.id });
  expect(await namesOf(org.reviewer)).toEqual([]);
});

test("another's shared view can be used, and changed by nobody else; an admin may delete it", async () => {
  const { id } = await saveView(org.reviewer, { ...mine, shared: true });
  await expect(changeView(org.admin, { id, name: "Mine now" })).rejects.toMatchObject({ kind: "forbidden" });
  await expect(deleteView(org.auditor, { id })).rejects.toMatchObject({ kind: "forbidden" });
  await deleteView(org.admin, { id });
  expect(await namesOf(org.reviewer)).toEqual([]);
});

test("two views of one list have two names; of two at once one is told", async () => {
  const both = await Promise.allSettled([saveView(org.reviewer, mine), saveView(org.reviewer, mine)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "key_taken" } });
  expect((await saveView(org.reviewer, { ...mine, page: "decisions" })).page).toBe("decisions");
  const other = await saveView(org.reviewer, { ...mine, name: "Other" });
  await expect(changeView(org.reviewer, { id: other.id, name: mine.name })).rejects.toMatchObject({
    code: "key_taken",
  });
});

test("a shared view of a list one may not see is not shown, nor is a private or a foreign one", async () => {
  const { id } = await saveView(org.auditor, { ...mine, page: "audits", shared: true });
  expect(await namesOf(org.reviewer)).toEqual([]);
  expect(await namesOf(org.admin, "audits")).toEqual([mine.name]);
  await expect(deleteView(org.reviewer, { id })).rejects.toMatchObject({ code: "not_found" });
  const stranger = await anOrg(db);
  expect(await namesOf(stranger.admin)).toEqual([]);
  await expect(changeView(stranger.admin, { id, name: "x" })).rejects.toMatchObject({ code: "not_found" });
});

test("a key keeps no views", async () => {
  const key = org.context({ kind: "key", id: "key_1", appId: "app_1", scopes: ["decisions:read"] });
  await expect(saveView(key, mine)).rejects.toMatchObject({ code: "forbidden" });
  await expect(listSavedViews(key, {})).rejects.toMatchObject({ code: "forbidden" });
});
