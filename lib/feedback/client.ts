import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import type { ImportRowView, ImportView, StartImport } from "./import-contract";
import type { ImportFormat, ImportRowStatus } from "./imports";

/** Everything about imports in the cache. */
export const importsKey = ["feedback_imports"] as const;

const path = "/api/v1/feedback_imports";

/** True while rows are still being received or looked at. */
export function isUnderWay({ status }: Pick<ImportView, "status">): boolean {
  return status === "receiving" || status === "pending" || status === "running";
}

// What only waits for decisions to come is looked at now and then.
function everyMs(views: readonly ImportView[]): number | false {
  if (views.some(isUnderWay)) return 1000;
  return views.some(({ status }) => status === "waiting") ? 10_000 : false;
}

/** A page of imports, looked at again and again while one is under way. */
export function importsQuery(after: string | undefined) {
  const query = new URLSearchParams({ limit: "25", ...(after ? { starting_after: after } : {}) });
  return queryOptions({
    queryKey: [...importsKey, "list", after ?? null],
    queryFn: () => ask<List<ImportView>>(`${path}?${query}`),
    refetchInterval: ({ state }) => everyMs(state.data?.data ?? []),
  });
}

/** One import with its progress. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: [...importsKey, "one", id],
    queryFn: () => ask<ImportView>(`${path}/${encodeURIComponent(id)}`),
    refetchInterval: ({ state }) => everyMs(state.data ? [state.data] : []),
  });
}

export type RowsPage = { status: ImportRowStatus | undefined; after: number | undefined };

/** A page of an import's rows. `seen`: how many were answered when it was asked for, so that news are fetched. */
export function importRowsQuery(id: string, { status, after }: RowsPage, seen: number) {
  const query = new URLSearchParams({
    limit: "50",
    ...(status ? { status } : {}),
    ...(after === undefined ? {} : { starting_after: String(after) }),
  });
  return queryOptions({
    queryKey: [...importsKey, "rows", id, status ?? null, after ?? null, seen],
    queryFn: () => ask<List<ImportRowView>>(`${path}/${encodeURIComponent(id)}/rows?${query}`),
    placeholderData: (before: List<ImportRowView> | undefined) => before,
  });
}

const types: Record<ImportFormat, string> = { csv: "text/csv", jsonl: "application/x-ndjson" };

/** The format that a file's name says, if it says one. */
export function formatOf(name: string): ImportFormat | undefined {
  if (/\.csv$/i.test(name)) return "csv";
  return /\.(jsonl|ndjson)$/i.test(name) ? "jsonl" : undefined;
}

/** Sends a file as it is. Throws an Error with the problem's sentence. */
export function sendImport(file: File, format: ImportFormat, about: StartImport): Promise<ImportView> {
  const set = Object.entries(about).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return ask<ImportView>(`${path}?${new URLSearchParams(set)}`, {
    method: "POST",
    headers: { "Content-Type": types[format] },
    body: file,
  });
}

export function stopImport(id: string): Promise<ImportView> {
  return ask<ImportView>(`${path}/${encodeURIComponent(id)}/cancel`, { method: "POST" });
}

async function ask<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const answer = (await response.json()) as unknown;
  if (response.ok) return answer as T;
  throw new Error((answer as { detail?: string }).detail ?? "The server did not answer as expected");
}
