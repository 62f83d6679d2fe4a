import { z } from "zod";
import { decisionStatuses, labelSources, predictions, routes, truths } from "@/lib/decisions/schema";
import { AnyJson } from "@/lib/kernel/json";
import { datasetPurposes, datasetStatuses, splits } from "./vocabulary";

const word = (max: number) => z.string().trim().min(1).max(max);
const JsonRecord = z.record(z.string(), AnyJson);

/** Items of one version; a larger filter is refused before anything is built. */
export const mostItems = 100_000;
/** Bytes of an imported file. */
export const importBytes = 16 * 1024 * 1024;

export const NewDataset = z.strictObject({
  app: word(100).describe("Key or id of the app"),
  type: word(100).describe("Key or id of the decision type"),
  key: word(60).regex(/^[a-z0-9][a-z0-9_.-]*$/, "lower-case letters, digits, dots and dashes"),
  name: word(100),
  purpose: z
    .enum(datasetPurposes)
    .default("evaluation")
    .describe("Known answers and what was reviewed blind never go into training"),
});
export type NewDataset = z.output<typeof NewDataset>;

/** Which of the app's decisions of the type; only those with a truth are taken. Days are in UTC, both included. */
export const DatasetFilter = z.strictObject({
  status: z.enum(decisionStatuses).optional(),
  route: z.enum(routes).optional(),
  truth: z.enum(truths).optional(),
  truth_source: z.enum(labelSources).optional(),
  predicted: z.enum(predictions).optional(),
  prompt_version: word(200).optional(),
  subject: word(255).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  "created_at[gte]": z.iso.datetime({ offset: true }).optional(),
  "created_at[lt]": z.iso.datetime({ offset: true }).optional(),
});
export type DatasetFilter = z.output<typeof DatasetFilter>;

/** One case that comes from elsewhere. Without a truth, right arguments mean that acting was right. */
export const ImportItem = z
  .strictObject({
    input: JsonRecord,
    truth: z.enum(truths).optional(),
    expected: JsonRecord.optional().describe("The right arguments of the action"),
    subject: word(255).optional().describe("Whose case it is; one subject is in one split only"),
    recorded: JsonRecord.optional().describe("What the app said then: predicted, arguments, confidence"),
  })
  .refine(
    ({ truth, expected }) => truth !== undefined || expected !== undefined,
    "needs a truth or the expected arguments",
  );
export type ImportItem = z.output<typeof ImportItem>;

const Share = z.number().min(0).max(1);
export const SplitShares = z
  .strictObject({ train: Share, validation: Share, test: Share })
  .refine(
    ({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-9,
    "shares add up to 1",
  );
export type SplitShares = z.output<typeof SplitShares>;

export const DatasetSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("filter"), filter: DatasetFilter }),
  z.strictObject({ kind: z.literal("decisions"), ids: z.array(word(64)).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal("import"), items: z.array(ImportItem).min(1).max(mostItems) }),
]);
export type DatasetSource = z.output<typeof DatasetSource>;

export const NewDatasetVersion = z.strictObject({
  source: DatasetSource,
  split: SplitShares.default({ train: 0, validation: 0, test: 1 }),
  seed: word(100).default("1").describe("The same seed puts the same subject into the same split"),
});
export type NewDatasetVersion = z.output<typeof NewDatasetVersion>;

export const DatasetVersionView = z.object({
  id: z.string(),
  object: z.literal("dataset_version"),
  dataset_id: z.string(),
  version: z.int(),
  status: z.enum(datasetStatuses),
  source: AnyJson.describe("Where its items come from, the shares of its splits and their seed"),
  items: z.int(),
  total: z.int().nullable(),
  left_out: z
    .int()
    .describe("Asked for by id and not in it: without a truth, still being judged, or kept from training"),
  splits: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  sha256: z.string().nullable().describe("Over the items in order: two versions with one hash hold the same"),
  error: z.string().nullable(),
  created_by: z.string(),
  created_at: z.string(),
  ready_at: z.string().nullable(),
});
export type DatasetVersionView = z.output<typeof DatasetVersionView>;

export const DatasetView = z.object({
  id: z.string(),
  object: z.literal("dataset"),
  app: z.string(),
  type: z.string(),
  key: z.string(),
  name: z.string(),
  purpose: z.enum(datasetPurposes),
  latest: DatasetVersionView.nullable(),
  created_by: z.string(),
  created_at: z.string(),
  archived_at: z.string().nullable().describe("Since when nothing new is run over it or added to it"),
});
export type DatasetView = z.output<typeof DatasetView>;

export const DatasetItemView = z.object({
  id: z.string(),
  object: z.literal("dataset_item"),
  position: z.int(),
  split: z.enum(splits),
  decision_id: z.string().nullable(),
  subject: z.string(),
  input: AnyJson,
  truth: z.enum(truths),
  expected: AnyJson.nullable(),
  recorded: AnyJson.nullable(),
  weight: z.number(),
});
export type DatasetItemView = z.output<typeof DatasetItemView>;
