import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import type { CreateExport, ExportView } from "./contract";

/** Everything of this room in the cache. */
export const exportsKey = ["exports"] as const;

/** How often the tray looks while something is being written. */
const lookEveryMs = 1000;

export function isUnderWay({ status }: Pick<ExportView, "status">): boolean {
  return status === "pending" || status === "running";
}

/** The person's latest exports, looked at again and again while one is under way. */
export function latestExports() {
  return queryOptions({
    queryKey: exportsKey,
    queryFn: async () => (await ask<List<ExportView>>("?limit=8")).data,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? lookEveryMs : false),
  });
}

export function startExport(input: CreateExport): Promise<ExportView> {
  return ask<ExportView>("", input);
}

export function cancelExport(id: string): Promise<ExportView> {
  return ask<ExportView>(`/${encodeURIComponent(id)}/cancel`, {});
}

/** Throws an Error with the problem's sentence. */
async function ask<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`/api/v1/exports${path}`, {
    method: body ? "POST" : "GET",
    headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as unknown;
  if (response.ok) return answer as T;
  throw new Error((answer as { detail?: string }).detail ?? "The server did not answer as expected");
}
