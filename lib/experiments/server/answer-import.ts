import { apiContext } from "@/lib/identity/server/api-context";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { json, problem, type Incoming, type Outgoing } from "@/lib/server/handle";
import { parseWith } from "@/lib/server/parse";
import { bodyText, parseJson, requireJsonBody } from "@/lib/server/read-json";
import { DatasetRef, importDatasetEndpoint, ImportQuery } from "../dataset-endpoints";
import { importBytes, SplitShares } from "../datasets";
import { parseItems } from "../parse-items";
import { addDatasetVersion } from "./add-dataset-version";

const formats: Record<string, "jsonl" | "csv"> = {
  "application/x-ndjson": "jsonl",
  "application/ndjson": "jsonl",
  "application/jsonl": "jsonl",
  "text/csv": "csv",
};

/** Answers `POST /api/v1/datasets/{dataset}/imports`: a file of items becomes the next version. */
export async function answerImport(incoming: Incoming): Promise<Outgoing> {
  const requestId = newId("request");
  try {
    const ctx = await apiContext(incoming, requestId);
    authorize(ctx, "datasets.write");
    const { dataset } = parseWith(DatasetRef, incoming.params, "/params");
    const query = parseWith(ImportQuery, Object.fromEntries(incoming.url.searchParams), "/query");
    const { seed, ...shares } = query;
    const split = parseWith(SplitShares, shares, "/query");
    const format = formats[requireJsonBody(incoming.header, Object.keys(formats))];
    if (!format)
      throw new DomainError("unsupported_media", "Send JSON Lines or CSV", {
        code: "unsupported_media_type",
      });
    const text = bodyText(await incoming.body(), importBytes);
    const version = await addDatasetVersion(ctx, {
      datasetId: dataset,
      source: { kind: "import", items: itemsOf(text, format) },
      split,
      seed,
    });
    const headers = { "Request-Id": requestId, Location: `/api/v1/dataset_versions/${version.id}` };
    return json(importDatasetEndpoint.status, version, headers);
  } catch (error) {
    return problem(error, requestId, incoming.url.pathname);
  }
}

function itemsOf(text: string, format: "jsonl" | "csv") {
  const { items, problems } = parseItems(text, format, parseJson);
  if (problems.length === 0 && items.length > 0) return items;
  const [first] = problems;
  throw new DomainError("invalid", first ? `Line ${first.line} ${first.message}` : "The file has no items", {
    code: "validation_failed",
    errors: problems.map(({ line, message }) => ({ pointer: `/lines/${line}`, code: "invalid", message })),
  });
}
