import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { archivePrompt, restorePrompt } from "@/lib/prompts/server/archive-prompt";
import { activeVersion } from "@/lib/prompts/server/active-version";
import { getPrompt } from "@/lib/prompts/server/get-prompt";
import { listPrompts } from "@/lib/prompts/server/list-prompts";
import { moveVersion } from "@/lib/prompts/server/move-version";
import { tryPrompts } from "@/lib/prompts/server/try-prompts";
import { addDatasetVersion } from "./add-dataset-version";
import { archiveDataset, restoreDataset } from "./archive-dataset";
import { createDataset } from "./create-dataset";
import { createExperiment } from "./create-experiment";
import { getDataset } from "./get-dataset";
import { listCandidateOptions } from "./list-candidate-options";
import { listDatasets } from "./list-datasets";
import { anImportedVersion, aPrompt, someCases } from "./testing-experiments";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;

beforeEach(async () => {
  process.env.COUNTERSIGN_ENCRYPTION_KEY ??= randomBytes(32).toString("base64");
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});

const actionsOf = async (subject: string) =>
  (await db.select().from(schema.journal).where(eq(schema.journal.subject, subject))).map(
    ({ action }) => action,
  );
const aTrial = (version: string, prompt: string) => ({
  name: "Trial",
  dataset_version: version,
  candidates: [
    { kind: "recorded" as const, baseline: true },
    { kind: "prompt" as const, id: prompt, baseline: false },
  ],
  margin: 0.02,
});

test("an archived dataset is left out, takes nothing new, keeps what it had, and comes back", async () => {
  const version = await anImportedVersion(org, desk, someCases(3));
  const dataset = version.dataset_id;
  const { versionId } = await aPrompt(db, org, desk, "http://127.0.0.1:9/v1");
  const both = await Promise.all([1, 2].map(() => archiveDataset(org.admin, { dataset })));
  expect(both.map(({ archived_at: at }) => at !== null)).toEqual([true, true]);
  expect((await actionsOf(dataset)).filter((action) => action === "dataset.archived")).toHaveLength(1);
  expect((await listDatasets(org.auditor, { limit: 10, archived: false })).data).toEqual([]);
  expect((await listDatasets(org.auditor, { limit: 10, archived: true })).data).toHaveLength(1);
  expect((await getDataset(org.auditor, { dataset })).latest?.id).toBe(version.id);
  await expect(createExperiment(org.admin, aTrial(version.id, versionId))).rejects.toMatchObject({
    code: "dataset_archived",
  });
  const more = { kind: "import" as const, items: someCases(1) };
  const next = { datasetId: dataset, source: more, split: { train: 0, validation: 0, test: 1 }, seed: "1" };
  await expect(addDatasetVersion(org.admin, next)).rejects.toMatchObject({ code: "dataset_archived" });
  await expect(restoreDataset(org.auditor, { dataset })).rejects.toMatchObject({ kind: "forbidden" });
  const other = await anOrg(db);
  await expect(restoreDataset(other.admin, { dataset })).rejects.toMatchObject({ kind: "not_found" });
  expect(await restoreDataset(org.admin, { dataset })).toMatchObject({ archived_at: null });
  expect(await actionsOf(dataset)).toContain("dataset.restored");
  await createExperiment(org.admin, aTrial(version.id, versionId));
});

test("a dataset does not come back while another one has its key", async () => {
  const about = {
    app: desk.app,
    type: desk.type,
    key: "cases",
    name: "Cases",
    purpose: "evaluation",
  } as const;
  const { id } = await createDataset(org.admin, about);
  await archiveDataset(org.admin, { dataset: id });
  await createDataset(org.admin, about);
  await expect(restoreDataset(org.admin, { dataset: id })).rejects.toMatchObject({ code: "key_taken" });
});

test("the regression set of an open issue is not put away", async () => {
  const { dataset_id: dataset } = await anImportedVersion(org, desk, someCases(1), { purpose: "regression" });
  const owner = { orgId: org.orgId, appId: desk.app, typeId: desk.type };
  const issue = { id: "iss_1", ...owner, title: "Twice", cause: "inference", datasetId: dataset } as const;
  await db.insert(schema.issues).values({ ...issue, createdBy: "test" });
  await expect(archiveDataset(org.admin, { dataset })).rejects.toMatchObject({ code: "dataset_in_use" });
});

test("an archived prompt is run, tried and moved nowhere, and comes back with nothing in force", async () => {
  const { versionId } = await aPrompt(db, org, desk, "http://127.0.0.1:9/v1");
  const [row] = await db.select().from(schema.promptVersions).where(eq(schema.promptVersions.id, versionId));
  const at = { app: desk.app, prompt: row?.promptId ?? "" };
  await moveVersion(org.admin, { ...at, version: 1, to: "active", note: "" });
  await expect(archivePrompt(org.admin, at)).rejects.toMatchObject({ code: "prompt_in_force" });
  await moveVersion(org.admin, { ...at, version: 1, to: "retired", note: "" });
  await expect(archivePrompt(org.auditor, at)).rejects.toMatchObject({ kind: "forbidden" });
  expect(await archivePrompt(org.admin, at)).toMatchObject({ archived: true });
  expect((await listPrompts(org.auditor, { app: desk.app })).data).toEqual([]);
  expect((await listPrompts(org.auditor, { app: desk.app, archived: true })).data).toHaveLength(1);
  expect((await getPrompt(org.auditor, at)).versions).toHaveLength(1);
  await expect(activeVersion(org.admin, desk.app)).rejects.toMatchObject({ code: "no_active_prompt" });
  const refused = { code: "prompt_archived" };
  await expect(moveVersion(org.admin, { ...at, version: 1, to: "active", note: "" })).rejects.toMatchObject(
    refused,
  );
  const trial = { app: desk.app, versions: [versionId], input: { message: "hi" } };
  await expect(tryPrompts(org.admin, trial)).rejects.toMatchObject(refused);
  const version = await anImportedVersion(org, desk, someCases(3));
  const options = await listCandidateOptions(org.admin, { version: version.id });
  expect(options.filter(({ kind }) => kind === "prompt")).toEqual([]);
  await expect(createExperiment(org.admin, aTrial(version.id, versionId))).rejects.toMatchObject({
    errors: [{ pointer: "/candidates/1/id" }],
  });
  expect(await restorePrompt(org.admin, at)).toMatchObject({ archived: false, active: null });
  expect(await actionsOf(at.prompt)).toEqual(expect.arrayContaining(["prompt.archived", "prompt.restored"]));
  await createExperiment(org.admin, aTrial(version.id, versionId));
});
