import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decisionTypes } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { attachDiscrepancies } from "@/lib/discrepancies/server/attach-discrepancies";
import { closeIssue } from "@/lib/discrepancies/server/close-issue";
import { confirmDiscrepancy } from "@/lib/discrepancies/server/confirm-discrepancy";
import { createIssue } from "@/lib/discrepancies/server/create-issue";
import { deleteIssue } from "@/lib/discrepancies/server/delete-issue";
import { getIssue, issueTrend, listIssues, suggestIssues } from "@/lib/discrepancies/server/read-issues";
import { removeFromIssue } from "@/lib/discrepancies/server/remove-from-issue";
import { aDisputedDesk } from "@/lib/discrepancies/server/testing-discrepancies";
import { updateIssue } from "@/lib/discrepancies/server/update-issue";
import { anOpenAiServer } from "@/lib/models/testing-openai-server";
import { refreshIssueSet } from "./refresh-issue-set";
import { runExperiments } from "./run-experiments";
import { startIssueExperiment } from "./start-issue-experiment";
import { aPrompt, builtAll, refundAnswer } from "./testing-experiments";

const { db } = await testDatabase();
let fake: Awaited<ReturnType<typeof anOpenAiServer>>;
beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  fake = await anOpenAiServer(() => ({ answer: refundAnswer("negative") }), { apiKey: null });
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
});
afterEach(() => fake.close());

/** A desk that proposed to refund what it should not have, and an auditor who confirmed why. */
async function confirmed(count: number, cause: "inference" | "input" = "inference") {
  const desk = await aDisputedDesk(db);
  await db
    .update(decisionTypes)
    .set({ costWrongYes: 1000, costWrongNo: 250 })
    .where(eq(decisionTypes.id, desk.desk.type));
  const confirmMore = async (more: number) => {
    const ids: string[] = [];
    for (let at = 0; at < more; at++) {
      const { id } = await desk.decide();
      await desk.turnOut(id, "negative");
      await desk.look();
      const record = await desk.recordOf(id);
      await confirmDiscrepancy(desk.org.auditor, { id: record.id, cause });
      ids.push(record.id);
    }
    return ids;
  };
  return { ...desk, confirmMore, ids: await confirmMore(count) };
}

test("an issue is closed when something passes over all of its cases, and opens again for a new one", async () => {
  const { org, desk, ids, confirmMore } = await confirmed(6);
  const place = { app: desk.app, type: desk.type, cause: "inference" as const };
  const { id } = await createIssue(org.auditor, {
    ...place,
    title: "Refunds what was not owed",
    description: "",
    discrepancy_ids: ids,
  });
  const missing = (part: string) => ({ code: "set_not_passed", extra: { missing: part } });
  await expect(closeIssue(org.auditor, { id })).rejects.toMatchObject(missing("set"));
  await expect(refreshIssueSet(org.auditor, { issue: id })).rejects.toMatchObject({ kind: "forbidden" });
  await refreshIssueSet(org.admin, { issue: id });
  await expect(closeIssue(org.auditor, { id })).rejects.toMatchObject(missing("set_ready"));
  await builtAll(org);
  await expect(closeIssue(org.auditor, { id })).rejects.toMatchObject(missing("experiment"));

  const { versionId } = await aPrompt(db, org, desk, fake.baseUrl);
  const candidate = { kind: "prompt", id: versionId } as const;
  const experiment = await startIssueExperiment(org.admin, { issue: id, candidate, margin: 0.02 });
  await expect(closeIssue(org.auditor, { id })).rejects.toMatchObject(missing("experiment_done"));
  while ((await runExperiments(org.system)) > 0);
  const closed = await closeIssue(org.auditor, { id });
  expect(closed).toMatchObject({ status: "closed", closed_by_experiment_id: experiment.id });
  await expect(closeIssue(org.auditor, { id })).rejects.toMatchObject({ kind: "conflict" });

  const [late] = await confirmMore(1);
  await attachDiscrepancies(org.auditor, { id, discrepancy_ids: [late ?? ""] });
  expect(await getIssue(org.auditor, { id })).toMatchObject({
    status: "open",
    closed_by: null,
    discrepancies: 7,
  });
  await expect(closeIssue(org.auditor, { id })).rejects.toMatchObject(missing("set_refreshed"));
  await expect(startIssueExperiment(org.admin, { issue: id, candidate, margin: 0.02 })).rejects.toMatchObject(
    missing("set_refreshed"),
  );
  expect(await refreshIssueSet(org.admin, { issue: id })).toMatchObject({ version: 2 });
});

test("a gate that did not pass does not close it", async () => {
  const { org, desk, ids } = await confirmed(5);
  const place = { app: desk.app, type: desk.type, cause: "inference" as const };
  const { id } = await createIssue(org.auditor, {
    ...place,
    title: "x",
    description: "",
    discrepancy_ids: ids,
  });
  await refreshIssueSet(org.admin, { issue: id });
  await builtAll(org);
  fake.close();
  fake = await anOpenAiServer(() => ({ answer: refundAnswer("positive") }), { apiKey: null });
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = fake.host;
  const { versionId } = await aPrompt(db, org, desk, fake.baseUrl);
  await startIssueExperiment(org.admin, {
    issue: id,
    candidate: { kind: "prompt", id: versionId },
    margin: 0.02,
  });
  while ((await runExperiments(org.system)) > 0);
  await expect(closeIssue(org.admin, { id })).rejects.toMatchObject({ extra: { missing: "gate" } });
});

test("only confirmed ones of its app, type and cause are attached, all or none", async () => {
  const { org, desk, ids, decide, turnOut, look, recordOf } = await confirmed(2);
  const other = await confirmed(1, "input");
  const { id: waiting } = await decide();
  await turnOut(waiting, "negative");
  await look();
  const place = { app: desk.app, type: desk.type, cause: "inference" as const };
  const { id } = await createIssue(org.auditor, {
    ...place,
    title: "x",
    description: "",
    discrepancy_ids: [],
  });
  for (const stranger of [(await recordOf(waiting)).id, other.ids[0] ?? ""]) {
    await expect(
      attachDiscrepancies(org.auditor, { id, discrepancy_ids: [...ids, stranger] }),
    ).rejects.toMatchObject({ code: "not_attachable", extra: { discrepancy_id: stranger } });
  }
  expect((await getIssue(org.auditor, { id })).discrepancies).toBe(0);
  await attachDiscrepancies(org.auditor, { id, discrepancy_ids: ids });
  const issue = await getIssue(org.auditor, { id });
  expect(issue).toMatchObject({ discrepancies: 2, cost: { amount: 2000, currency: "EUR" } });
  expect((await issueTrend(org.auditor, { id })).map(({ discrepancies }) => discrepancies)).toEqual([
    ...Array.from({ length: 11 }, () => 0),
    2,
  ]);
  const like = { appId: desk.app, typeId: desk.type };
  expect(await suggestIssues(org.auditor, { ...like, cause: "inference" })).toMatchObject([{ id }]);
  expect(await suggestIssues(org.auditor, { ...like, cause: "input" })).toEqual([]);
  await expect(deleteIssue(org.admin, { id })).rejects.toMatchObject({ kind: "conflict" });
  for (const each of ids) await removeFromIssue(org.auditor, { id, discrepancyId: each });
  await deleteIssue(org.admin, { id });
  expect((await listIssues(org.auditor, { limit: 10 })).data).toEqual([]);
});

test("an issue's words are changed by version, by who may, for a member's name", async () => {
  const { org, desk } = await confirmed(0);
  const place = { app: desk.app, type: desk.type, cause: "policy" as const };
  const made = await createIssue(org.admin, { ...place, title: "x", description: "", discrepancy_ids: [] });
  const { id } = made;
  const change = { id, version: made.version, title: "y", owner_id: org.auditor.actor.id };
  expect(await updateIssue(org.auditor, change)).toMatchObject({
    title: "y",
    owner: { id: org.auditor.actor.id },
  });
  await expect(updateIssue(org.auditor, change)).rejects.toMatchObject({ code: "stale_version" });
  await expect(updateIssue(org.reviewer, change)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(
    updateIssue(org.admin, { ...change, version: 2, owner_id: "usr_nobody" }),
  ).rejects.toMatchObject({
    errors: [{ pointer: "/owner_id" }],
  });
  const stranger = (await confirmed(0)).org.admin;
  await expect(getIssue(stranger, { id })).rejects.toMatchObject({ kind: "not_found" });
});
