import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { testDatabase } from "@/db/testing";
import { aDecision, anOrg, aRefundDesk } from "@/db/testing-fixtures";
import { createEvaluator } from "@/lib/evaluators/server/create-evaluator";
import { newId } from "@/lib/kernel/ids";
import { learningText } from "@/lib/models/learning-text";
import { trainClassifier } from "@/lib/models/local-classifier";
import type { PolicyRule } from "@/lib/policies/schema";
import { addDatasetVersion } from "./add-dataset-version";
import { createDataset } from "./create-dataset";
import { createExperiment } from "./create-experiment";
import { getExperiment } from "./get-experiment";
import { listCandidateOptions } from "./list-candidate-options";
import { listExperimentItems } from "./list-experiment-items";
import { runExperiments } from "./run-experiments";
import { anImportedVersion, aPrompt, builtAll } from "./testing-experiments";

const { db } = await testDatabase();

test("a model trained here is a candidate; segments and evaluators are beside it, and a demoted one does not count", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const { orgId } = org;
  await db
    .update(schema.decisionTypes)
    .set({ segments: [{ key: "region", name: "Region", pointer: "/region" }] })
    .where(eq(schema.decisionTypes.id, desk.type));
  const spam = { message: "win money now free prize click", region: "north" };
  const ham = { message: "minutes of the project meeting attached", region: "south" };
  const classifier = trainClassifier([
    { prompt: learningText(spam), label: "spam" },
    { prompt: learningText(ham), label: "ham" },
  ]);
  const artifactId = newId("artifact");
  await db.insert(schema.modelArtifacts).values({
    id: artifactId,
    orgId,
    appId: desk.app,
    typeId: desk.type,
    version: 1,
    algorithm: "naive_bayes",
    content: classifier.toJson(),
    sha256: "0",
    manifest: {},
    createdBy: "test",
  });
  const made = await Promise.all(
    ["Exactly so", "Falls short"].map((name) =>
      createEvaluator(org.admin, {
        app: desk.app,
        key: newId("evaluator").slice(-8),
        name,
        kind: "exact",
        quality: "output",
        config: {},
        kappa_floor: null,
        min_rulings: 30,
        note: "",
      } as Parameters<typeof createEvaluator>[1]),
    ),
  );
  await db
    .update(schema.evaluators)
    .set({ status: "demoted" })
    .where(eq(schema.evaluators.id, made[1]?.id ?? ""));
  const { versionId: promptVersionId } = await aPrompt(db, org, desk, "http://127.0.0.1:9/v1");
  const version = await anImportedVersion(org, desk, [
    ...Array.from({ length: 6 }, (_, n) => ({
      input: { ...spam, n },
      truth: "positive" as const,
      recorded: { predicted: "negative", confidence: 0.6 },
    })),
    ...Array.from({ length: 4 }, (_, n) => ({
      input: { ...ham, n },
      truth: "negative" as const,
      recorded: { predicted: "negative", confidence: 0.9 },
    })),
  ]);
  expect(await listCandidateOptions(org.admin, { version: version.id })).toEqual([
    { kind: "prompt", id: promptVersionId, name: "Refunds v1", note: "draft, Fake" },
    { kind: "local_model", id: artifactId, name: "Trained model 1", note: "candidate" },
  ]);
  const { id } = await createExperiment(org.admin, {
    name: "Trained",
    dataset_version: version.id,
    candidates: [
      { kind: "recorded", baseline: true },
      { kind: "local_model", id: artifactId, baseline: false },
    ],
    margin: 0.02,
  });
  while ((await runExperiments(org.system)) > 0);
  const { status, summary } = await getExperiment(org.admin, { experiment: id });
  expect(status).toBe("done");
  const [base, own] = summary ?? [];
  expect(own?.figures).toMatchObject({ answered: 10, wrong_yes: 0, wrong_no: 0 });
  expect(base?.segments.map(({ value, n, error }) => [value, n, error?.value])).toEqual([
    ["north", 6, 1],
    ["south", 4, 0],
  ]);
  expect(own?.segments[0]?.difference?.value).toBe(-1);
  expect(own?.evaluators.map(({ name, counts, n, passed }) => [name, counts, n, passed?.value])).toEqual([
    ["Exactly so", true, 10, 1],
    ["Falls short", false, 10, 1],
  ]);
  expect(base?.evaluators[0]?.passed?.value).toBe(0.4);
});

test("a policy declines or asks a person, as its rules say of what was recorded", async () => {
  const org = await anOrg(db);
  const desk = await aRefundDesk(db, org);
  const decided = (amount: number, truth: "positive" | "negative") =>
    aDecision(db, org, desk, {
      status: truth === "positive" ? "approved" : "declined",
      truth,
      truthSource: "outcome",
      truthPi: 1,
      amount,
    });
  await decided(100, "positive");
  await decided(2000, "negative");
  await decided(9000, "negative");
  const rules = [
    { id: "large", effect: "decline", when: "decision.amount > 5000.0", message: "Too much" },
    {
      id: "middle",
      effect: "require_review",
      when: "decision.amount > 1000.0 && decision.amount <= 5000.0",
      message: "Look",
    },
  ] as PolicyRule[];
  const [policyId, policyVersionId] = [newId("policy"), newId("policyVersion")];
  await db.insert(schema.policies).values({
    id: policyId,
    orgId: org.orgId,
    key: `p-${policyId.slice(-6)}`,
    name: "Amounts",
    createdBy: "test",
  });
  await db.insert(schema.policyVersions).values({
    id: policyVersionId,
    orgId: org.orgId,
    policyId,
    number: 1,
    rules,
    fixtures: [],
    editedBy: "test",
  });
  const dataset = await createDataset(org.admin, {
    app: desk.app,
    type: desk.type,
    key: "policy",
    name: "P",
    purpose: "evaluation",
  });
  const { id: versionId } = await addDatasetVersion(org.admin, {
    datasetId: dataset.id,
    source: { kind: "filter", filter: {} },
    split: { train: 0, validation: 0, test: 1 },
    seed: "s",
  });
  await builtAll(org);
  const { id } = await createExperiment(org.admin, {
    name: "Policy",
    dataset_version: versionId,
    candidates: [
      { kind: "recorded", baseline: true },
      { kind: "policy", id: policyVersionId, baseline: false },
    ],
    margin: 0.02,
  });
  while ((await runExperiments(org.system)) > 0);
  const { data } = await listExperimentItems(org.admin, { experiment: id, show: "all", limit: 10 });
  expect(data.map(({ results }) => [results[1]?.predicted, results[1]?.output])).toEqual([
    ["positive", expect.objectContaining({ route: "as_before" })],
    ["positive", expect.objectContaining({ route: "review" })],
    ["negative", expect.objectContaining({ route: "decline" })],
  ]);
  expect((await getExperiment(org.admin, { experiment: id })).summary?.[1]?.figures.asks_person).toBeCloseTo(
    1 / 3,
    12,
  );
});
