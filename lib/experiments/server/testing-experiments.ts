import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import type { TestDesk, TestOrg } from "@/db/testing-fixtures";
import { newId } from "@/lib/kernel/ids";
import type { ImportItem, SplitShares } from "../datasets";
import type { DatasetPurpose } from "../vocabulary";
import { addDatasetVersion } from "./add-dataset-version";
import { buildDatasets } from "./build-datasets";
import { createDataset } from "./create-dataset";
import { getDatasetVersion } from "./get-dataset-version";

/** A prompt of a desk whose version 1 asks a model at `baseUrl`, at 1 unit a million tokens unless another price is given. */
export async function aPrompt(
  db: Database,
  org: TestOrg,
  desk: TestDesk,
  baseUrl: string,
  price: number | null = 1_000_000,
): Promise<{ versionId: string; modelId: string }> {
  const [modelId, promptId, versionId] = [newId("model"), newId("prompt"), newId("promptVersion")];
  const { orgId } = org;
  await db.insert(schema.models).values({
    id: modelId,
    orgId,
    key: `fake-${modelId.slice(-6)}`,
    name: "Fake",
    provider: "openai_compatible",
    modelId: "fake-1",
    baseUrl,
    maySeePersonalData: true,
    inputPriceMicros: price,
    outputPriceMicros: price,
    maxRetries: 0,
    createdBy: "test",
  });
  const owner = { appId: desk.app, typeId: desk.type };
  await db.insert(schema.prompts).values({
    id: promptId,
    orgId,
    ...owner,
    key: `p-${promptId.slice(-6)}`,
    name: "Refunds",
    createdBy: "test",
  });
  await db.insert(schema.promptVersions).values({
    id: versionId,
    orgId,
    promptId,
    version: 1,
    modelId,
    messages: [{ role: "user", content: "Refund? {{/message}}" }],
    settings: { max_output_tokens: 64 },
    createdBy: "test",
  });
  return { versionId, modelId };
}

/** What a model answers that would refund. */
export function refundAnswer(predicted: "positive" | "negative", confidence = 0.9) {
  return {
    predicted,
    confidence,
    rationale: "As asked.",
    arguments: { invoice: "in_1", amount: 1800, currency: "EUR" },
  };
}

/** A dataset with one version of imported items, built. */
export async function anImportedVersion(
  org: TestOrg,
  desk: TestDesk,
  items: ImportItem[],
  more: { split?: SplitShares; purpose?: DatasetPurpose } = {},
) {
  const dataset = await createDataset(org.admin, {
    app: desk.app,
    type: desk.type,
    key: `set-${newId("dataset").slice(-8)}`,
    name: "Cases",
    purpose: more.purpose ?? "evaluation",
  });
  const { id } = await addDatasetVersion(org.admin, {
    datasetId: dataset.id,
    source: { kind: "import", items },
    split: more.split ?? { train: 0, validation: 0, test: 1 },
    seed: "1",
  });
  await builtAll(org);
  return getDatasetVersion(org.admin, { version: id });
}

/** Lets the worker build whatever waits. */
export async function builtAll(org: TestOrg): Promise<void> {
  while ((await buildDatasets(org.system)) > 0);
}

/** Cases "case 0", "case 1", …: refunding every third is wrong, and the app had refunded all of them. */
export function someCases(count: number): ImportItem[] {
  return Array.from({ length: count }, (_, n) => ({
    input: { message: `case ${n} asks for its money back` },
    truth: n % 3 === 0 ? "negative" : "positive",
    subject: `customer-${n}`,
    recorded: { predicted: "positive", confidence: 0.7, arguments: {} },
  }));
}

/** Which case a question is about. */
export function caseOf(text: string): number {
  return Number(/case (\d+) /.exec(text)?.[1] ?? -1);
}
