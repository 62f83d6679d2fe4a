import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk, type TestDesk, type TestOrg } from "@/db/testing-fixtures";
import { aCorrection } from "@/lib/feedback/server/testing-feedback";
import { newId } from "@/lib/kernel/ids";
import { updateAgent } from "@/lib/policies/server/update-agent";
import type { NewDatasetVersion } from "../datasets";
import type { DatasetPurpose } from "../vocabulary";
import { addDatasetVersion } from "./add-dataset-version";
import { buildDatasets } from "./build-datasets";
import { createDataset } from "./create-dataset";
import { getDatasetVersion } from "./get-dataset-version";
import { listDatasetItems } from "./list-dataset-items";
import { listDatasets } from "./list-datasets";
import { builtAll } from "./testing-experiments";

const { db } = await testDatabase();
let org: TestOrg;
let desk: TestDesk;
beforeEach(async () => {
  org = await anOrg(db);
  desk = await aRefundDesk(db, org);
});

const known = (more: Parameters<typeof aDecision>[3] = {}) =>
  aDecision(db, org, desk, {
    status: "declined",
    truth: "negative",
    truthSource: "outcome",
    truthPi: 0.5,
    ...more,
  });

const aDataset = (purpose: DatasetPurpose = "evaluation") =>
  createDataset(org.admin, {
    app: desk.app,
    type: desk.type,
    key: newId("dataset").slice(-8),
    name: "Cases",
    purpose,
  });

async function built(
  source: NewDatasetVersion["source"],
  purpose: DatasetPurpose = "evaluation",
  split = { train: 0.5, validation: 0.2, test: 0.3 },
) {
  const { id: datasetId } = await aDataset(purpose);
  const { id } = await addDatasetVersion(org.admin, { datasetId, source, split, seed: "s" });
  await builtAll(org);
  return getDatasetVersion(org.admin, { version: id });
}

const itemsOf = async (version: string, ctx = org.admin) =>
  (await listDatasetItems(ctx, { version, limit: 100 })).data;

describe("a version from decisions", () => {
  test("holds those with a truth, with what was said then, what is right, and the weight of its label", async () => {
    await aDecision(db, org, desk);
    const { id } = await known({
      status: "approved",
      truth: "positive",
      subjectType: "customer",
      subjectId: "7",
    });
    const version = await built({ kind: "filter", filter: {} });
    expect(version).toMatchObject({ status: "ready", items: 1, total: 1, version: 1 });
    const [item] = await itemsOf(version.id);
    expect(item).toMatchObject({
      decision_id: id,
      subject: "customer:7",
      truth: "positive",
      expected: { invoice: "INV-0001", amount: 1800, currency: "EUR" },
      recorded: { predicted: "positive", confidence: 0.8 },
      weight: 2,
    });
  });

  test("takes a correction before an edit, and an edit before the proposal", async () => {
    const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
    const first = await known({ status: "approved", truth: "positive", editedArguments: edited });
    const second = await known({ status: "approved", truth: "positive", editedArguments: edited });
    const correction = { ...edited, amount: 450 };
    await aCorrection(db, org, second.id, correction);
    const items = await itemsOf((await built({ kind: "decisions", ids: [first.id, second.id] })).id);
    expect(items.map(({ expected }) => expected)).toEqual([edited, correction]);
  });

  test("has no correction that was taken back, nor one that its author replaced", async () => {
    const edited = { invoice: "INV-0001", amount: 900, currency: "EUR" };
    const { id } = await known({ status: "approved", truth: "positive", editedArguments: edited });
    await aCorrection(db, org, id, { ...edited, amount: 1 }, { withdrawnAt: new Date() });
    await aCorrection(db, org, id, { ...edited, amount: 2 }, { replacedBy: newId("feedback") });
    const [item] = await itemsOf((await built({ kind: "decisions", ids: [id] })).id);
    expect(item?.expected).toEqual(edited);
  });

  test("counts what was asked for by id and cannot be in it", async () => {
    const [one, without] = [await known(), await aDecision(db, org, desk)];
    const version = await built({ kind: "decisions", ids: [one.id, without.id, "dec_unknown"] });
    expect(version).toMatchObject({ status: "ready", items: 1, left_out: 2 });
  });

  test("leaves out what is still being judged, and what only measures reviewers", async () => {
    await known({ auditPending: true, auditDrawn: true });
    const { id } = await known();
    await db.insert(schema.audits).values({ id: newId("audit"), orgId: org.orgId, decisionId: id });
    const kept = await known();
    const items = await itemsOf((await built({ kind: "filter", filter: {} })).id);
    expect(items.map(({ decision_id }) => decision_id)).toEqual([kept.id]);
  });

  test("for training is without known answers and what was reviewed blind; for evaluation it has them", async () => {
    const [gold, blind, plain] = [await known(), await known({ withReview: true }), await known()];
    await db.insert(schema.goldItems).values({
      id: newId("goldItem"),
      orgId: org.orgId,
      queueId: desk.queue,
      decisionId: gold.id,
      expected: "decline",
      source: "person",
      markedBy: "user:a",
    });
    await db.update(schema.reviews).set({ blind: true }).where(eq(schema.reviews.decisionId, blind.id));
    const training = await itemsOf((await built({ kind: "filter", filter: {} }, "training")).id);
    expect(training.map(({ decision_id }) => decision_id)).toEqual([plain.id]);
    expect((await built({ kind: "filter", filter: {} })).items).toBe(3);
  });

  test("is built part by part, and a worker that stops between leaves the same version as one that does not", async () => {
    for (let n = 0; n < 12; n += 1) await known({ subjectType: "customer", subjectId: `c${n % 5}` });
    const { id: datasetId } = await aDataset();
    const asked = {
      source: { kind: "filter", filter: {} },
      split: { train: 0.5, validation: 0.2, test: 0.3 },
      seed: "s",
    } as const;
    const one = await addDatasetVersion(org.admin, { datasetId, ...asked });
    // As if the worker was killed after each part: its lease stands, and is put back.
    while ((await buildDatasets(org.system, { rowsAPart: 5, partsATurn: 1 })) > 0) {
      await db
        .update(schema.datasetVersions)
        .set({ leaseUntil: new Date(0) })
        .where(eq(schema.datasetVersions.id, one.id));
    }
    const other = await addDatasetVersion(org.admin, { datasetId, ...asked });
    await builtAll(org);
    const [first, second] = await Promise.all(
      [one, other].map(({ id }) => getDatasetVersion(org.admin, { version: id })),
    );
    expect(first).toMatchObject({ status: "ready", items: 12, version: 1 });
    expect(second).toMatchObject({
      status: "ready",
      items: 12,
      version: 2,
      sha256: first?.sha256,
      splits: first?.splits,
    });
    await known();
    expect((await built({ kind: "filter", filter: {} })).sha256).not.toBe(first?.sha256);
  });

  test("two workers at once build it once", async () => {
    for (let n = 0; n < 20; n += 1) await known();
    const { id: datasetId } = await aDataset();
    const { id } = await addDatasetVersion(org.admin, {
      datasetId,
      source: { kind: "filter", filter: {} },
      split: { train: 0, validation: 0, test: 1 },
      seed: "s",
    });
    await Promise.all([1, 2, 3].map(() => buildDatasets(org.system, { rowsAPart: 3 })));
    await builtAll(org);
    expect(await getDatasetVersion(org.admin, { version: id })).toMatchObject({ status: "ready", items: 20 });
  });

  test("that fits nothing fails, and says so", async () => {
    expect(await built({ kind: "filter", filter: { route: "shadow" } })).toMatchObject({
      status: "failed",
      error: "No decision with a known truth fits",
    });
  });
});

describe("a version from a file", () => {
  test("keeps one subject, and inputs that say the same, in one split", async () => {
    const text = "The parcel never came and I want my money back, please";
    const items = Array.from({ length: 60 }, (_, n) => ({
      input: {
        message:
          n % 6 === 0
            ? `${text}${"!".repeat(n)}`
            : `case ${n} of a customer who says something else entirely`,
      },
      truth: "negative" as const,
      subject: `c${n % 20}`,
    }));
    const version = await built({ kind: "import", items });
    expect(version).toMatchObject({ status: "ready", items: 60 });
    const splitOf = new Map<string, string>();
    for (const { subject, split, input } of await itemsOf(version.id)) {
      const alike = JSON.stringify(input).includes("parcel") ? ["parcel"] : [];
      for (const key of [subject, ...alike])
        expect(splitOf.get(key) ?? split).toBe(splitOf.set(key, split) && split);
    }
  });
});

describe("who may", () => {
  test("an auditor reads, an admin with personal data masked; a reviewer does not; only an admin makes", async () => {
    await updateAgent(org.admin, { agent: "pii", enabled: true, version: 0 });
    const version = await built({
      kind: "import",
      items: [{ input: { message: "I am a@b.example" }, truth: "negative" }],
    });
    expect((await itemsOf(version.id))[0]?.input).toEqual({ message: "I am [E-mail address]" });
    expect((await itemsOf(version.id, org.auditor))[0]?.input).toEqual({ message: "I am a@b.example" });
    await expect(listDatasets(org.reviewer, { limit: 5, archived: false })).rejects.toMatchObject({
      kind: "forbidden",
    });
    const asked = { app: desk.app, type: desk.type, key: "k", name: "K", purpose: "evaluation" } as const;
    await expect(createDataset(org.auditor, asked)).rejects.toMatchObject({ kind: "forbidden" });
    await createDataset(org.admin, asked);
    await expect(createDataset(org.admin, asked)).rejects.toMatchObject({ code: "key_taken" });
  });

  test("another organisation's dataset is not there", async () => {
    const version = await built({ kind: "import", items: [{ input: { a: 1 }, truth: "negative" }] });
    const other = await anOrg(db);
    await expect(getDatasetVersion(other.admin, { version: version.id })).rejects.toMatchObject({
      kind: "not_found",
    });
    await expect(
      addDatasetVersion(other.admin, {
        datasetId: version.dataset_id,
        source: { kind: "filter", filter: {} },
        split: { train: 0, validation: 0, test: 1 },
        seed: "s",
      }),
    ).rejects.toMatchObject({ kind: "not_found" });
  });
});
