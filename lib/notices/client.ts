import { queryOptions } from "@tanstack/react-query";
import type { List } from "@/lib/kernel/list";
import type { AppealView, ResolveAppeal } from "./appeals";
import type { MarkRead, NotificationView, UnreadCount } from "./notifications";

/** Everything of the bell in the cache. */
export const bellKey = ["notifications"] as const;
/** The event that rings it. */
export const bellEvent = "notification.";

export function unreadCount() {
  return queryOptions({
    queryKey: [...bellKey, "count"],
    queryFn: async () => (await ask<UnreadCount>("/notifications/unread_count")).unread,
    retry: false,
  });
}

export function latestNotifications() {
  return queryOptions({
    queryKey: [...bellKey, "latest"],
    queryFn: async () => (await ask<List<NotificationView>>("/notifications?limit=12")).data,
  });
}

export function markNotifications(input: MarkRead): Promise<UnreadCount> {
  return ask<UnreadCount>("/notifications/read", input);
}

/** The appeal that a review is about. */
export function appealOfReview(reviewId: string) {
  return queryOptions({
    queryKey: ["appeals", reviewId],
    queryFn: () => ask<AppealView>(`/appeals/${encodeURIComponent(reviewId)}`),
  });
}

export function answerAppeal(appealId: string, ruling: ResolveAppeal): Promise<AppealView> {
  return ask<AppealView>(`/appeals/${encodeURIComponent(appealId)}/resolve`, ruling);
}

/** Throws an Error with the problem's sentence. */
async function ask<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) },
    // Following a link must not lose what the click was to mark.
    keepalive: body !== undefined,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = (await response.json()) as unknown;
  if (response.ok) return answer as T;
  const { detail } = answer as { detail?: string };
  throw new Error(detail ?? "The server did not answer as expected");
}
