import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import type { ReplayView } from "./replay-views";

const lookEveryMs = 1000;

export function isUnderWay({ status }: Pick<ReplayView, "status">): boolean {
  return status === "pending" || status === "running";
}

/** One replay, looked at again and again while it is under way. */
export function replayQuery(id: string) {
  return queryOptions({
    queryKey: ["replays", id],
    queryFn: () => read<ReplayView>(`/${encodeURIComponent(id)}`),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? lookEveryMs : false),
    staleTime: lookEveryMs,
  });
}

/** Replays of an app, newest first; looked at again while one is under way. */
export function replaysQuery(app: string, after?: string) {
  const query = new URLSearchParams({ app, limit: "25", ...(after ? { starting_after: after } : {}) });
  return queryOptions({
    queryKey: ["replays", "of", app, after ?? ""],
    queryFn: () => read<List<ReplayView>>(`?${query}`),
    refetchInterval: ({ state }) => (state.data?.data.some(isUnderWay) ? lookEveryMs : false),
    staleTime: lookEveryMs,
  });
}

/** Throws an Error with the problem's sentence. */
async function read<T>(path: string): Promise<T> {
  const response = await fetch(`/api/v1/replays${path}`, { headers: { Accept: "application/json" } });
  const answer = (await response.json()) as unknown;
  if (response.ok) return answer as T;
  throw new Error((answer as { detail?: string }).detail ?? "The server did not answer as expected");
}
