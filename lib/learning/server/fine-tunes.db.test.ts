import { eq, sql } from "drizzle-orm";
import OpenAI, { toFile } from "openai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fineTunes, models } from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, type TestOrg } from "@/db/testing-fixtures";
import { CreateModel } from "@/lib/models/catalogue";
import { createModel } from "@/lib/models/server/create-model";
import { findModel, openModelSecret } from "@/lib/models/server/model-rows";
import { createPrompt } from "@/lib/prompts/server/create-prompt";
import { CreatePrompt } from "@/lib/prompts/endpoints";
import { rowsOf } from "@/lib/server/rows";
import { CreateLearningExport } from "../exports";
import { FineTuneSettings } from "../fine-tunes";
import { cancelFineTune } from "./cancel-fine-tune";
import { createLearningExport } from "./create-learning-export";
import { getFineTune } from "./list-fine-tunes";
import { resolveFineTune } from "./resolve-fine-tune";
import { runFineTunes } from "./run-fine-tunes";
import { runLearningExports } from "./run-learning-exports";
import { startFineTune } from "./start-fine-tune";
import { aLearningDesk, aLesson } from "./testing-learning";
import { aTuningServer, type Starting } from "./testing-tuning-server";

process.env.COUNTERSIGN_AUDIT_SECRET = "a-secret-of-the-tests";
process.env.COUNTERSIGN_ENCRYPTION_KEY ??= Buffer.alloc(32, 7).toString("base64");
const { db } = await testDatabase();
let server: Awaited<ReturnType<typeof aTuningServer>>;
beforeAll(async () => {
  server = await aTuningServer();
  process.env.COUNTERSIGN_ALLOWED_PRIVATE_HOSTS = server.host;
});
afterAll(() => server.close());

async function aStart({
  format = "sft",
  redact = true,
  prompt = false,
  starting = "answered" as Starting,
} = {}) {
  const org = await anOrg(db);
  const { desk } = await aLearningDesk(db, org);
  for (let at = 0; at < 4; at++)
    await aLesson(db, org, desk, { truth: at % 2 ? "negative" : "positive", predicted: "positive" });
  const model = await createModel(
    org.admin,
    CreateModel.parse({
      key: "tuner",
      name: "Tuner",
      provider: "openai_compatible",
      model: "base-1",
      base_url: server.baseUrl,
      secret: "sk-test",
    }),
  );
  const made = prompt
    ? await createPrompt(
        org.admin,
        CreatePrompt.parse({
          app: desk.app,
          key: "judge",
          name: "Judge",
          type: desk.type,
          model: model.id,
          messages: [{ role: "user", content: "{{/message}}" }],
        }),
      )
    : null;
  const files = await createLearningExport(
    org.admin,
    CreateLearningExport.parse({
      app: desk.app,
      type: desk.type,
      format,
      filter: { redact, test_share: 0, ...(made ? { prompt_version: made.versions[0]?.id } : {}) },
    }),
  );
  await runLearningExports(org.system);
  server.control.starting = starting;
  const start = () =>
    startFineTune(org.admin, {
      export: files.id,
      model: "tuner",
      base_model: "base-1",
      settings: FineTuneSettings.parse({ epochs: 3 }),
    });
  return { org, model, start };
}

async function look(org: TestOrg, id: string) {
  await rowsOf(
    db,
    sql`update fine_tunes set next_look_at = now() - interval '1 second', lease_until = null where id = ${id}`,
  );
  await runFineTunes(org.system);
  return getFineTune(org.admin, { id });
}

const jobsOf = (id: string) => server.jobs.filter(({ metadata }) => metadata?.countersign === id);
const jobOf = (id: string) => jobsOf(id)[0];

test("the fake speaks what OpenAI's own client speaks", async () => {
  const client = new OpenAI({ apiKey: "sk-test", baseURL: server.baseUrl });
  const file = await client.files.create({
    purpose: "fine-tune",
    file: await toFile(Buffer.from('{"messages":[]}\n'), "x.jsonl"),
  });
  expect(server.files.at(-1)).toMatchObject({
    filename: "x.jsonl",
    purpose: "fine-tune",
    text: '{"messages":[]}\n',
  });
  const job = await client.fineTuning.jobs.create({ training_file: file.id, model: "base-1" });
  expect((await client.fineTuning.jobs.retrieve(job.id)).status).toBe("validating_files");
  expect((await client.fineTuning.jobs.listEvents(job.id)).data).toHaveLength(1);
  expect((await client.fineTuning.jobs.cancel(job.id)).status).toBe("cancelled");
});

test("a job is started, followed and its model entered, asked in shadow by the prompt it was tuned for", async () => {
  const { org, start } = await aStart({ prompt: true });
  const { id } = await start();
  expect(await look(org, id)).toMatchObject({ status: "running", remote_status: "validating_files" });
  const job = jobOf(id);
  expect(job).toMatchObject({
    model: "base-1",
    method: { type: "supervised", supervised: { hyperparameters: { n_epochs: 3 } } },
  });
  const sent = server.files.find((file) => file.id === job?.training_file);
  const lines = (sent?.text ?? "").trim().split("\n");
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(Object.keys(JSON.parse(line))).toEqual(["messages"]);
  expect(sent?.text).not.toContain("ann.lee@customer.example");
  if (job)
    Object.assign(job, { status: "succeeded", fine_tuned_model: "ft:base-1:cs", trained_tokens: 1234 });
  const done = await look(org, id);
  expect(done).toMatchObject({
    status: "succeeded",
    result_model: "ft:base-1:cs",
    trained_tokens: 1234,
    error: null,
    events: [{ message: "Now succeeded" }],
    result_prompt_version: expect.stringMatching(/^pmv_/),
  });
  const tuned = await findModel(org.system, done.result_model_id ?? "");
  expect(tuned).toMatchObject({ modelId: "ft:base-1:cs", baseUrl: server.baseUrl });
  expect(openModelSecret(tuned)).toBe("sk-test");
  const [version] = await rowsOf<{ status: string; version: number }>(
    db,
    sql`select status, version from prompt_versions where id = ${done.result_prompt_version}`,
  );
  expect(version).toEqual({ status: "shadow", version: 2 });
  expect(await runFineTunes(org.system)).toBe(0);
});

test("a start that was not answered is found again in the provider's list, and never made twice", async () => {
  const { org, start } = await aStart({ starting: "made_unanswered" });
  const { id } = await start();
  expect(await look(org, id)).toMatchObject({ status: "uploading", remote_status: "starting" });
  expect(await look(org, id)).toMatchObject({ status: "running", remote_job: jobOf(id)?.id });
  expect(jobsOf(id)).toHaveLength(1);
});

test("a start that the provider knows nothing of waits for a person; their word starts it", async () => {
  const { org, start } = await aStart({ starting: "lost" });
  const { id } = await start();
  await look(org, id);
  expect(await look(org, id)).toMatchObject({
    status: "unknown",
    error: expect.stringContaining("Look there"),
  });
  expect(await look(org, id)).toMatchObject({ status: "unknown" });
  expect(jobOf(id)).toBeUndefined();
  await resolveFineTune(org.admin, { id, job: null });
  expect(await look(org, id)).toMatchObject({ status: "running" });
  await expect(resolveFineTune(org.admin, { id, job: null })).rejects.toMatchObject({ kind: "conflict" });
});

test("a provider that is busy while a start is looked for does not bring a second one", async () => {
  const { org, start } = await aStart({ starting: "made_unanswered" });
  const { id } = await start();
  await look(org, id);
  server.control.looking = 429;
  expect(await look(org, id)).toMatchObject({ status: "uploading", remote_status: "starting" });
  expect(await look(org, id)).toMatchObject({ status: "running", remote_job: jobOf(id)?.id });
  expect(jobsOf(id)).toHaveLength(1);
});

test("a start that cannot be looked for waits for a person: it may have come", async () => {
  const { org, start } = await aStart({ starting: "made_unanswered" });
  const { id } = await start();
  await look(org, id);
  server.control.looking = 403;
  expect(await look(org, id)).toMatchObject({ status: "unknown", error: expect.stringContaining("403") });
  await resolveFineTune(org.admin, { id, job: jobOf(id)?.id ?? null });
  expect(await look(org, id)).toMatchObject({ status: "running" });
  expect(jobsOf(id)).toHaveLength(1);
});

test("a key that is refused while a job runs does not end it: it is followed on, and can be cancelled", async () => {
  const { org, start } = await aStart();
  const { id } = await start();
  await look(org, id);
  server.control.looking = 401;
  expect(await look(org, id)).toMatchObject({ status: "running", error: expect.stringContaining("401") });
  expect(await look(org, id)).toMatchObject({ status: "running", error: null });
  server.control.looking = 404;
  expect(await look(org, id)).toMatchObject({ status: "failed" });
});

test("a worker that died between the file and the job takes the file that is there", async () => {
  const { org, start } = await aStart({ starting: "busy" });
  const { id } = await start();
  expect(await look(org, id)).toMatchObject({ status: "uploading", remote_status: null });
  await db.update(fineTunes).set({ remoteFileId: null }).where(eq(fineTunes.id, id));
  expect(await look(org, id)).toMatchObject({ status: "running" });
  expect(server.files.filter(({ filename }) => filename === `countersign-${id}.jsonl`)).toHaveLength(1);
});

test("what the provider refuses fails with its words; what is asked to be cancelled is cancelled there", async () => {
  const refused = await aStart({ starting: "refused" });
  const first = await refused.start();
  expect(await look(refused.org, first.id)).toMatchObject({
    status: "failed",
    error: "The provider refused: HTTP 400: No such base model",
  });
  const { org, start } = await aStart({ format: "openai_dpo" });
  const { id } = await start();
  await look(org, id);
  expect(jobOf(id)).toMatchObject({ method: { type: "dpo" } });
  await cancelFineTune(org.admin, { id });
  expect(await look(org, id)).toMatchObject({ status: "cancelled" });
  await expect(cancelFineTune(org.auditor, { id })).rejects.toMatchObject({ code: "forbidden" });
});

test("personal data as it is goes to no model that may not see it, and only OpenAI's formats are sent", async () => {
  const open = await aStart({ redact: false });
  await expect(open.start()).rejects.toMatchObject({ code: "validation_failed" });
  await db.update(models).set({ maySeePersonalData: true }).where(eq(models.id, open.model.id));
  expect(await open.start()).toMatchObject({ status: "pending" });
  const kto = await aStart({ format: "kto" });
  await expect(kto.start()).rejects.toMatchObject({ code: "validation_failed" });
});
