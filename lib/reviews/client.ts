import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import type { ReviewFilter, ReviewSummary, ReviewTab, ReviewView } from "./schema";

/** An answer of the API that is a problem, with its sentence and stable code. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    detail: string,
    readonly requestId?: string,
  ) {
    super(detail);
  }
}

/** Filters of an inbox list as its address spells them. */
export type InboxFilter = ReviewFilter & { tab: ReviewTab };
export const inboxPage = 50;

/** `tab=mine&app=refund-desk`, with the parts that are set, always in one order. */
export function inboxQuery({ tab, app, type, queue }: InboxFilter): string {
  const query = new URLSearchParams({ tab });
  if (app) query.set("app", app);
  if (type) query.set("type", type);
  if (queue) query.set("queue", queue);
  return query.toString();
}

/** Everything of this room in the cache. */
export const reviewsKey = ["reviews"] as const;
export const reviewListsKey = ["reviews", "list"] as const;

/** The first page of an inbox list. */
export function reviewList(filter: InboxFilter) {
  return queryOptions({
    queryKey: [...reviewListsKey, inboxQuery(filter)],
    queryFn: () => fetchReviews(filter),
  });
}

/** A page of an inbox list, after the review with this id. */
export function fetchReviews(filter: InboxFilter, after?: string): Promise<List<ReviewSummary>> {
  const past = after ? `&starting_after=${after}` : "";
  return ask<List<ReviewSummary>>(`/api/v1/reviews?${inboxQuery(filter)}&limit=${inboxPage}${past}`);
}

/** One review with everything the focus view needs. */
export function reviewDetail(reviewId: string) {
  return queryOptions({
    queryKey: ["reviews", "one", reviewId],
    queryFn: () => ask<ReviewView>(`/api/v1/reviews/${encodeURIComponent(reviewId)}`),
  });
}

export type HoldChange = "claim" | "heartbeat" | "release";
/** Claims, keeps or gives back a review. Throws ApiProblem. */
export function changeHold(reviewId: string, change: HoldChange): Promise<unknown> {
  return ask(`/api/v1/reviews/${encodeURIComponent(reviewId)}/${change}`, "POST");
}

/** Asks the API for JSON. Throws ApiProblem. */
export async function ask<T>(path: string, method: "GET" | "POST" = "GET", body?: object): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
    keepalive: method === "POST",
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as unknown;
  if (response.ok) return answer as T;
  const { code, detail, request_id } = answer as { code?: string; detail?: string; request_id?: string };
  throw new ApiProblem(
    code ?? String(response.status),
    detail ?? "The server did not answer as expected",
    request_id,
  );
}
