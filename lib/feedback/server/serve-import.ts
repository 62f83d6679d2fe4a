import { apiContext } from "@/lib/identity/server/api-context";
import { DomainError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { authorize } from "@/lib/server/authorize";
import { json, problem } from "@/lib/server/handle";
import { parseWith } from "@/lib/server/parse";
import { tooLarge } from "@/lib/server/read-json";
import { incomingOf } from "@/lib/server/serve";
import { ImportView, StartImport } from "../import-contract";
import { importLimits } from "../imports";
import type { ImportFormat } from "../imports";
import { startImport } from "./start-import";

const formats: Record<string, ImportFormat> = {
  "text/csv": "csv",
  "application/csv": "csv",
  "application/x-ndjson": "jsonl",
  "application/ndjson": "jsonl",
  "application/jsonl": "jsonl",
};

/** Answers `POST /api/v1/feedback_imports`: the body is the file, and is read as it comes. */
export async function serveImport(request: Request): Promise<Response> {
  const requestId = newId("request");
  const incoming = incomingOf(request, {});
  try {
    const ctx = await apiContext(incoming, requestId);
    authorize(ctx, "feedback.import");
    const query = parseWith(StartImport, Object.fromEntries(incoming.url.searchParams), "/query");
    const format = formatOf(incoming.header("content-type"));
    if (Number(incoming.header("content-length") ?? 0) > importLimits.bytes)
      throw tooLarge(importLimits.bytes);
    const view = await startImport(ctx, { query, format, file: piecesOf(request) });
    const { status, headers, body } = json(202, ImportView.parse(view), {
      "Request-Id": requestId,
      Location: `/api/v1/feedback_imports/${view.id}`,
    });
    return new Response(body, { status, headers });
  } catch (error) {
    const failed = problem(error, requestId, incoming.url.pathname);
    return new Response(failed.body, { status: failed.status, headers: failed.headers });
  }
}

function formatOf(contentType: string | null): ImportFormat {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const format = Object.hasOwn(formats, type) ? formats[type] : undefined;
  if (format) return format;
  throw new DomainError("unsupported_media", "Send the file as text/csv or application/x-ndjson", {
    code: "unsupported_media_type",
  });
}

async function* piecesOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || !value) return;
      yield value;
    }
  } finally {
    await reader?.cancel();
  }
}
