import { queryOptions } from "@tanstack/react-query";
import { fetchReviews, inboxQuery, type InboxFilter, reviewListsKey } from "./client";
import { walkOf, walkThrough } from "./walk";

/** The walk of a filter: a list like the others, so that what makes them old makes it old. */
export function reviewWalk(filter: InboxFilter) {
  const walk = walkOf(filter);
  return queryOptions({
    queryKey: [...reviewListsKey, "walk", inboxQuery(walk)],
    queryFn: async () => walkThrough(await fetchReviews(walk)),
  });
}
