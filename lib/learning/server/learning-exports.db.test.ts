import { createHash, randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { goldItems, learningExports } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/server/context";
import { rowsOf } from "@/lib/server/rows";
import { CreateLearningExport, type LearningFileRef } from "../exports";
import { cancelLearningExport } from "./cancel-learning-export";
import { createLearningExport } from "./create-learning-export";
import { CreateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import { CreatePrompt } from "@/lib/prompts/endpoints";
import { createPrompt } from "@/lib/prompts/server/create-prompt";
import { updateAgent } from "@/lib/policies/server/update-agent";
import { downloadLearningFile } from "./download-learning-file";
import { expireLearningExports } from "./expire-learning-exports";
import { getLearningExport } from "./list-learning-exports";
import { runLearningExports } from "./run-learning-exports";
import { aLearningDesk, aLesson } from "./testing-learning";

process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
const { db } = await testDatabase();

type Line = { metadata: { decision_id: string; ipw: number; labeller: string; blind: boolean } };

async function ask(org: TestOrg, desk: TestDesk, more: object = {}): Promise<string> {
  const input = CreateLearningExport.parse({ app: desk.app, type: desk.type, format: "sft", ...more });
  return (await createLearningExport(org.admin, input)).id;
}

async function textOf(ctx: Context, ref: LearningFileRef): Promise<string> {
  const { body, size } = await downloadLearningFile(ctx, ref);
  const text = await new Response(body).text();
  expect(Buffer.byteLength(text)).toBe(size);
  return text;
}

async function linesOf(ctx: Context, id: string, file: "train" | "test"): Promise<Line[]> {
  const text = await textOf(ctx, { id, file });
  return text
    .split("\n")
    .filter(Boolean)
    .map((line): Line => JSON.parse(line));
}

test("one line a decision that a person ruled on: split without a leak, gold for tests alone, personal data masked", async () => {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  const told = await aLesson(db, org, desk, { truth: "positive", source: "outcome" });
  const audited = await aLesson(db, org, desk, { truth: "negative", source: "audit", pi: 0.05 });
  const gold = await aLesson(db, org, desk, { truth: "positive" });
  for (let at = 0; at < 30; at++) await aLesson(db, org, desk, { truth: "positive", subject: `s${at % 10}` });
  await db.insert(goldItems).values({
    id: newId("goldItem"),
    orgId: org.orgId,
    queueId: desk.queue,
    decisionId: gold,
    expected: "approve",
    source: "person",
    markedBy: "user:x",
  });
  const id = await ask(org, desk, { filter: { test_share: 0.3, licence: "CC0-1.0" } });
  expect(await runLearningExports(org.system)).toBe(1);
  const [train, kept] = [await linesOf(org.admin, id, "train"), await linesOf(org.admin, id, "test")];
  const ids = (lines: Line[]) => lines.map(({ metadata }) => metadata.decision_id);
  expect(train.length + kept.length).toBe(32);
  expect([...ids(train), ...ids(kept)]).not.toContain(told);
  expect(ids(kept)).toContain(gold);
  expect([...train, ...kept].find(({ metadata }) => metadata.decision_id === audited)?.metadata.ipw).toBe(20);
  const written = JSON.stringify([train, kept]);
  expect(written).not.toContain("ann.lee@customer.example");
  expect(written).toContain("[E-mail address 1]");
  expect(written).not.toContain(org.reviewer.actor.id);

  const manifest = JSON.parse(await textOf(org.admin, { id, file: "manifest" }));
  for (const { name, sha256, lines } of manifest.files) {
    const text = await textOf(org.admin, { id, file: name.replace(".jsonl", "") });
    expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
    expect(text.split("\n").length - 1).toBe(lines);
  }
  expect(manifest).toMatchObject({
    licence: "CC0-1.0",
    redaction: { on: true },
    counts: { lines: 32, models: { "gpt-test": 32 }, prompts: { "refunds@3": 32 } },
  });
  expect(Object.keys(manifest.counts.labellers)).toEqual([expect.stringMatching(/^labeller-[0-9a-f]{16}$/)]);
});

test("unmasked only when asked for; pairs of what was overridden alone", async () => {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  await aLesson(db, org, desk, { truth: "positive" });
  await aLesson(db, org, desk, { truth: "negative", predicted: "positive" });
  const id = await ask(org, desk, { format: "openai_dpo", filter: { redact: false, test_share: 0 } });
  await runLearningExports(org.system);
  const text = await textOf(org.admin, { id, file: "train" });
  expect(text.trim().split("\n")).toHaveLength(1);
  expect(text).toContain("ann.lee@customer.example");
  const { manifest } = await getLearningExport(org.auditor, { id });
  expect(manifest).toMatchObject({ counts: { left_out: { without_override: 1 } }, redaction: { on: false } });
  const masked = await ask(org, desk, { format: "openai_dpo", filter: { test_share: 0 } });
  await runLearningExports(org.system);
  await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
  await expect(textOf(org.admin, { id, file: "train" })).rejects.toMatchObject({ code: "personal_data" });
  expect(await textOf(org.admin, { id: masked, file: "train" })).not.toContain("ann.lee@customer.example");
});

test("a prompt that does not end with the user's message words no training file: the answer has to follow it", async () => {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  const { id: model } = await createModel(
    org.admin,
    CreateModel.parse({
      key: "small",
      name: "Small",
      provider: "openai",
      model: "small-1",
      secret: "sk-test",
    }),
  );
  const versionOf = async (key: string, roles: ("system" | "user" | "assistant")[]) => {
    const messages = roles.map((role) => ({ role, content: "{{/message}}" }));
    const draft = { app: desk.app, key, name: key, type: desk.type, model, messages };
    return (await createPrompt(org.admin, CreatePrompt.parse(draft))).versions[0]?.id;
  };
  for (const [key, last] of [
    ["ends-as-system", "system"],
    ["ends-as-assistant", "assistant"],
  ] as const)
    await expect(
      ask(org, desk, { filter: { prompt_version: await versionOf(key, ["user", last]) } }),
    ).rejects.toMatchObject({
      code: "validation_failed",
      errors: [{ pointer: "/filter/prompt_version", message: "does not end with a message of the user" }],
    });
  await ask(org, desk, { filter: { prompt_version: await versionOf("ends-as-user", ["system", "user"]) } });
});

test("a worker that dies half-way loses nothing and writes nothing twice", async () => {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  for (let at = 0; at < 230; at++) await aLesson(db, org, desk, { truth: "positive" });
  const id = await ask(org, desk, { filter: { test_share: 0.2 } });
  await runLearningExports(org.system, { parts: 1 });
  const half = await getLearningExport(org.admin, { id });
  expect(half).toMatchObject({ status: "running", rows: 200, total: 230, manifest: null, files: [] });
  await rowsOf(
    db,
    sql`update learning_exports set lease_until = now() - interval '1 second' where id = ${id}`,
  );
  await Promise.all([runLearningExports(org.system), runLearningExports(org.system)]);
  const lines = [...(await linesOf(org.admin, id, "train")), ...(await linesOf(org.admin, id, "test"))];
  expect(lines).toHaveLength(230);
  expect(new Set(lines.map(({ metadata }) => metadata.decision_id)).size).toBe(230);
  expect((await getLearningExport(org.admin, { id })).manifest).toMatchObject({ counts: { lines: 230 } });
}, 60_000);

test("is an admin's: cancelled it is gone, finished it is kept seven days", async () => {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  await aLesson(db, org, desk, { truth: "positive" });
  const cancelled = await ask(org, desk);
  await expect(downloadLearningFile(org.admin, { id: cancelled, file: "train" })).rejects.toMatchObject({
    code: "export_not_finished",
  });
  expect(await cancelLearningExport(org.admin, { id: cancelled })).toMatchObject({ status: "cancelled" });
  expect(await runLearningExports(org.system)).toBe(0);

  const id = await ask(org, desk);
  await runLearningExports(org.system);
  await expect(downloadLearningFile(org.auditor, { id, file: "train" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await db
    .update(learningExports)
    .set({ expiresAt: sql`now() - interval '1 minute'` })
    .where(eq(learningExports.id, id));
  await expect(downloadLearningFile(org.admin, { id, file: "train" })).rejects.toMatchObject({
    kind: "gone",
  });
  expect(await expireLearningExports(org.system)).toBe(1);
  expect(await expireLearningExports(org.system)).toBe(0);
});
