import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { ListQuery, listOf } from "@/lib/kernel/list";
import { DatasetItemView, DatasetVersionView, DatasetView, NewDataset, NewDatasetVersion } from "./datasets";
import { datasetPurposes, splits } from "./vocabulary";

const about = { tag: "Datasets", security: "key", status: 200 } as const;
const people = "For people: a personal access token or a session.";
const Page = ListQuery.omit({ ending_before: true });

export const DatasetRef = z.object({ dataset: z.string().min(1).max(64) });
const VersionRef = z.object({ version: z.string().min(1).max(64) });

const DatasetQuery = Page.extend({
  app: z.string().min(1).max(100).optional().describe("Key or id of an app"),
  purpose: z.enum(datasetPurposes).optional(),
  archived: z.stringbool().default(false).describe("Those that are archived as well"),
});
export type DatasetQuery = z.output<typeof DatasetQuery>;

const ItemQuery = Page.extend({ split: z.enum(splits).optional() });
export type ItemQuery = z.output<typeof ItemQuery>;

export const ImportQuery = z.object({
  train: z.coerce.number().min(0).max(1).default(0),
  validation: z.coerce.number().min(0).max(1).default(0),
  test: z.coerce.number().min(0).max(1).default(1),
  seed: z.string().min(1).max(100).default("1"),
});

export const listDatasetsEndpoint = endpoint({
  ...about,
  id: "listDatasets",
  method: "GET",
  path: "/api/v1/datasets",
  summary: "List datasets, newest first",
  description: people,
  query: DatasetQuery,
  response: listOf(DatasetView),
  problems: { 404: "not_found" },
});
export const createDatasetEndpoint = endpoint({
  ...about,
  id: "createDataset",
  method: "POST",
  path: "/api/v1/datasets",
  summary: "Create a dataset",
  description: `${people} Admins. It has no items yet: add a version.`,
  body: NewDataset,
  response: DatasetView,
  status: 201,
  problems: { 404: "not_found", 409: "key_taken", 422: "A part of it is not understood" },
});
export const archiveDatasetEndpoint = endpoint({
  ...about,
  id: "archiveDataset",
  method: "POST",
  path: "/api/v1/datasets/{dataset}/archive",
  summary: "Archive a dataset",
  description: `${people} Admins. Nothing new is run over it or added to it; its versions and experiments stay.`,
  params: DatasetRef,
  response: DatasetView,
  problems: { 404: "not_found", 409: "dataset_in_use" },
});
export const restoreDatasetEndpoint = endpoint({
  ...about,
  id: "restoreDataset",
  method: "POST",
  path: "/api/v1/datasets/{dataset}/restore",
  summary: "Bring an archived dataset back",
  description: `${people} Admins.`,
  params: DatasetRef,
  response: DatasetView,
  problems: { 404: "not_found", 409: "key_taken" },
});
export const getDatasetEndpoint = endpoint({
  ...about,
  id: "getDataset",
  method: "GET",
  path: "/api/v1/datasets/{dataset}",
  summary: "Get a dataset with its latest version",
  description: people,
  params: DatasetRef,
  response: DatasetView,
  problems: { 404: "not_found" },
});
export const listDatasetVersionsEndpoint = endpoint({
  ...about,
  id: "listDatasetVersions",
  method: "GET",
  path: "/api/v1/datasets/{dataset}/versions",
  summary: "List versions of a dataset, newest first",
  description: people,
  params: DatasetRef,
  query: Page,
  response: listOf(DatasetVersionView),
  problems: { 404: "not_found" },
});
export const addDatasetVersionEndpoint = endpoint({
  ...about,
  id: "addDatasetVersion",
  method: "POST",
  path: "/api/v1/datasets/{dataset}/versions",
  summary: "Add a version from a filter, from decisions, or from items",
  description: `${people} Admins. Only decisions whose truth is known are taken. A worker builds it: follow it at Location. A subject, and inputs that say the same, are in one split only.`,
  params: DatasetRef,
  body: NewDatasetVersion,
  response: DatasetVersionView,
  status: 202,
  problems: { 404: "not_found", 409: "dataset_archived", 422: "A part of it is not understood" },
});
export const importDatasetEndpoint = endpoint({
  ...about,
  id: "importDatasetVersion",
  method: "POST",
  path: "/api/v1/datasets/{dataset}/imports",
  summary: "Add a version from a file",
  description: `${people} Admins. JSON Lines (\`{"input": …, "truth": …, "expected": …, "subject": …}\`) or CSV with a header, up to 16 MiB and 100,000 items; the query says how it is split. Nothing is taken of a file with a line that is not understood.`,
  params: DatasetRef,
  query: ImportQuery,
  requestTypes: ["application/x-ndjson", "text/csv"],
  response: DatasetVersionView,
  status: 202,
  problems: {
    404: "not_found",
    409: "dataset_archived",
    413: "body_too_large",
    415: "unsupported_media_type",
    422: "A line of it is not understood",
  },
});
export const getDatasetVersionEndpoint = endpoint({
  ...about,
  id: "getDatasetVersion",
  method: "GET",
  path: "/api/v1/dataset_versions/{version}",
  summary: "Get a version with its progress and hash",
  description: people,
  params: VersionRef,
  response: DatasetVersionView,
  problems: { 404: "not_found" },
});
export const listDatasetItemsEndpoint = endpoint({
  ...about,
  id: "listDatasetItems",
  method: "GET",
  path: "/api/v1/dataset_versions/{version}/items",
  summary: "List the items of a version",
  description: `${people} In their order; personal data is masked for whoever may not read it.`,
  params: VersionRef,
  query: ItemQuery,
  response: listOf(DatasetItemView),
  problems: { 404: "not_found" },
});

export const datasetEndpoints = [
  listDatasetsEndpoint,
  createDatasetEndpoint,
  getDatasetEndpoint,
  archiveDatasetEndpoint,
  restoreDatasetEndpoint,
  listDatasetVersionsEndpoint,
  addDatasetVersionEndpoint,
  importDatasetEndpoint,
  getDatasetVersionEndpoint,
  listDatasetItemsEndpoint,
] as const;
