import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { FlipView, ThresholdData } from "@/lib/autonomy/threshold-endpoints";
import type { ContractView } from "@/lib/autonomy/views";

/** Which decisions: as the API is asked. `contract` "" is all amounts. */
export type Asked = {
  app: string;
  type: string;
  predicted: "positive" | "negative";
  contract: string;
  days: "30" | "90" | "all";
};

type Listed<T> = { data: T[]; has_more: boolean };

/** An answer of the API that is a problem, with its sentence. */
export class ThresholdProblem extends Error {
  constructor(
    detail: string,
    readonly requestId?: string,
  ) {
    super(detail);
  }
}

/** All the page reckons with, in one request; the browser keeps it and asks whether it is still so. */
export const thresholdDataOf = (asked: Asked) =>
  queryOptions({
    queryKey: ["thresholds", asked],
    queryFn: ({ signal }) =>
      ask<ThresholdData>(`/api/v1/apps/${encodeURIComponent(asked.app)}/thresholds`, queryOf(asked), signal),
    staleTime: 60_000,
  });

export const contractsOf = ({ app, type }: Pick<Asked, "app" | "type">) =>
  queryOptions({
    queryKey: ["contracts", app, type],
    queryFn: ({ signal }) =>
      ask<Listed<ContractView>>("/api/v1/contracts", { app, type, limit: "100" }, signal),
    staleTime: 15_000,
  });

export const flipsOf = (asked: Asked, threshold: number) =>
  infiniteQueryOptions({
    queryKey: ["threshold-flips", asked, threshold],
    queryFn: async ({ pageParam, signal }) => {
      // The handle may still be moving.
      await new Promise((resolve) => setTimeout(resolve, 250));
      signal.throwIfAborted();
      const page = {
        limit: "10",
        threshold: String(threshold),
        ...(pageParam ? { starting_after: pageParam } : {}),
      };
      return ask<Listed<FlipView>>(
        `/api/v1/apps/${encodeURIComponent(asked.app)}/thresholds/flips`,
        { ...queryOf(asked), ...page },
        signal,
      );
    },
    initialPageParam: "",
    getNextPageParam: ({ has_more, data }) => (has_more ? data.at(-1)?.id : undefined),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

function queryOf({ type, predicted, contract, days }: Asked): Record<string, string> {
  return { type, predicted, days, ...(contract === "" ? {} : { contract }) };
}

async function ask<T>(path: string, query: Record<string, string>, signal: AbortSignal): Promise<T> {
  const response = await fetch(`${path}?${new URLSearchParams(query).toString()}`, {
    headers: { Accept: "application/json" },
    signal,
  });
  const body = (await response.json()) as unknown;
  if (response.ok) return body as T;
  const { detail, request_id } = body as { detail?: string; request_id?: string };
  throw new ThresholdProblem(detail ?? "The server did not answer as expected", request_id);
}
