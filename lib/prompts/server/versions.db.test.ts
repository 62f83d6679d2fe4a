import { and, eq, sql } from "drizzle-orm";
import { afterEach, expect, test } from "vitest";
import { journal, promptVersions, runs } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision } from "@/db/testing-fixtures";
import { updateModel } from "@/lib/models/server/update-model";
import { PromptSettings } from "../settings";
import { createPrompt } from "./create-prompt";
import { fitVersion } from "./fit-version";
import { getPrompt } from "./get-prompt";
import { listPrompts } from "./list-prompts";
import { listRuns } from "./list-runs";
import { saveVersion } from "./save-version";
import { aPromptedDesk, refundAnswer } from "./testing-prompts";
import { tryPrompts } from "./try-prompts";
import { updateDraft } from "./update-draft";

const { db } = await testDatabase();
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function prompted(settings: object = {}) {
  const desk = await aPromptedDesk(
    db,
    (asked) => {
      return asked.text.includes("fail") ? { status: 400 } : { answer: refundAnswer(), probability: 0.7 };
    },
    { settings },
  );
  closing.push(desk.fake.close);
  const place = { app: desk.desk.app, prompt: "refund-judge" };
  const draft = (content: string, more: object = {}) => ({
    ...place,
    model: "fake-small",
    messages: [{ role: "user" as const, content }],
    settings: PromptSettings.parse(more),
    note: "",
  });
  return { ...desk, place, draft };
}

test("a version that left the draft stays as it was, whoever tries", async () => {
  const { org, place, draft, versionId } = await prompted();
  await expect(updateDraft(org.admin, { ...draft("{{input}}!"), version: 1 })).rejects.toMatchObject({
    code: "prompt_not_draft",
  });
  await expect(
    db.execute(sql`update prompt_versions set messages = '[]' where id = ${versionId}`),
  ).rejects.toThrow();
  await expect(db.execute(sql`delete from prompt_versions where id = ${versionId}`)).rejects.toThrow();
  const second = await saveVersion(org.admin, draft("{{input}}?"));
  const changed = await updateDraft(org.admin, { ...draft("{{input}}!"), version: second.version });
  expect(changed).toMatchObject({ version: 2, status: "draft", messages: [{ content: "{{input}}!" }] });
  expect((await getPrompt(org.auditor, place)).versions.map(({ version }) => version)).toEqual([2, 1]);
});

test("one is active, at most one in shadow; activating an older one rolls back, and each step is journaled", async () => {
  const { org, move, draft, place } = await prompted();
  await saveVersion(org.admin, draft("second {{input}}"));
  await saveVersion(org.admin, draft("third {{input}}"));
  await move(2, "shadow");
  expect(await move(3, "shadow")).toMatchObject({ active: 1, shadow: 3 });
  expect(await move(3, "active")).toMatchObject({ active: 3, shadow: null });
  expect(await move(1, "active")).toMatchObject({ active: 1 });
  const statuses = (await getPrompt(org.auditor, place)).versions.map(({ status }) => status);
  expect(statuses).toEqual(["retired", "retired", "active"]);
  await expect(move(1, "shadow")).rejects.toMatchObject({ code: "prompt_step_refused" });
  const told = await db
    .select({ seq: journal.seq })
    .from(journal)
    .where(and(eq(journal.orgId, org.orgId), eq(journal.action, "prompt.activated")));
  expect(told).toHaveLength(3);
});

test("two admins who activate at once leave one active", async () => {
  const { org, move, draft } = await prompted();
  await saveVersion(org.admin, draft("second {{input}}"));
  await saveVersion(org.admin, draft("third {{input}}"));
  await Promise.allSettled([move(2, "active"), move(3, "active")]);
  const active = await db
    .select({ id: promptVersions.id })
    .from(promptVersions)
    .where(and(eq(promptVersions.orgId, org.orgId), eq(promptVersions.status, "active")));
  expect(active).toHaveLength(1);
});

test("a draft that names nothing, asks for a confidence it cannot have, or takes what is no argument is refused", async () => {
  const { org, draft, desk } = await prompted();
  const refused = (input: Parameters<typeof saveVersion>[1], pointer: string) =>
    expect(saveVersion(org.admin, input)).rejects.toMatchObject({ errors: [{ pointer }] });
  await refused(draft("{{name}}"), "/messages/0/content");
  await refused(draft("{{input}}", { confidence: "combined" }), "/settings/confidence");
  await refused(draft("{{input}}", { take: { colour: "/colour" } }), "/settings/take/colour");
  await expect(saveVersion(org.auditor, draft("{{input}}"))).rejects.toMatchObject({ kind: "forbidden" });
  const again = { ...draft("{{input}}"), key: "refund-judge", name: "x", type: desk.typeKey };
  await expect(createPrompt(org.admin, again)).rejects.toMatchObject({ code: "key_taken" });
  expect((await listPrompts(org.auditor, { app: desk.app })).data).toHaveLength(1);
});

test("a model in use keeps its name and stays; its prices may change", async () => {
  const { org, model } = await prompted();
  await expect(updateModel(org.admin, { model_id: model.id, model: "fake-2" })).rejects.toMatchObject({
    code: "model_in_use",
  });
  await expect(updateModel(org.admin, { model_id: model.id, archived: true })).rejects.toMatchObject({
    code: "model_in_use",
  });
  expect(await updateModel(org.admin, { model_id: model.id, input_price_micros: 1 })).toMatchObject({
    input_price_micros: 1,
  });
});

test("the playground asks versions side by side, shows a failure as one, and decides nothing", async () => {
  const { org, desk, draft, versionId, place } = await prompted();
  const second = await saveVersion(org.admin, draft("fail {{input}}"));
  const tried = await tryPrompts(org.admin, {
    app: desk.app,
    versions: [versionId, second.id],
    input: { message: "hello" },
  });
  expect(tried.data).toMatchObject([
    {
      name: "refund-judge@1",
      answer: { predicted: "positive", confidence: 0.93, cost_micros: 72 },
      error: null,
    },
    { name: "refund-judge@2", answer: null, error: /HTTP 400/ },
  ]);
  const seen = await listRuns(org.auditor, { ...place, limit: 10, purpose: "playground" });
  expect(seen.data.map(({ status }) => status).toSorted()).toEqual(["failed", "succeeded"]);
  expect((await listRuns(org.auditor, { ...place, limit: 10, status: "failed" })).data).toHaveLength(1);
  expect(seen.data.every(({ decision }) => decision === null)).toBe(true);
  await expect(
    tryPrompts(org.auditor, { app: desk.app, versions: [versionId], input: {} }),
  ).rejects.toMatchObject({ kind: "forbidden" });
});

test("a combination is fitted on judged answers, and comes as a new draft that uses it", async () => {
  const { org, desk, model, versionId, place } = await prompted();
  await expect(fitVersion(org.admin, { ...place, version: 1, note: "" })).rejects.toMatchObject({
    code: "too_few_labels",
  });
  for (let at = 0; at < 60; at += 1) {
    const right = at % 3 !== 0;
    const { id } = await aDecision(db, org, desk, {
      truth: right ? "positive" : "negative",
      truthSource: "review",
      truthPi: 1,
    });
    await db.insert(runs).values({
      id: `run_${at}_${id}`,
      orgId: org.orgId,
      appId: desk.app,
      purpose: "decision",
      status: "succeeded",
      modelId: model.id,
      promptVersionId: versionId,
      decisionId: id,
      requestHash: "0".repeat(64),
      output: { predicted: "positive" },
      confidences: { verbalised: 0.9, token_probability: right ? 0.9 - (at % 5) / 20 : 0.6 + (at % 4) / 20 },
    });
  }
  const fitted = await fitVersion(org.admin, { ...place, version: 1, note: "" });
  expect(fitted).toMatchObject({
    version: 2,
    status: "draft",
    settings: { confidence: "combined", combination: { fitted_on: 60, from: "refund-judge@1" } },
  });
  const scores = fitted.settings.combination?.scores;
  expect(scores?.combined?.brier).toBeLessThan(scores?.verbalised?.brier ?? 0);
});
