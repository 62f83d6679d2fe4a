import type { InboxFilter } from "@/lib/reviews/client";
import { ReviewFilter, type ReviewTab } from "@/lib/reviews/schema";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const tabs: readonly ReviewTab[] = ["unclaimed", "mine", "open", "snoozed", "resolved"];

/** The filter an address spells; what makes no sense is left out. */
export function inboxFilterOf(params: Awaited<SearchParams>): InboxFilter {
  const given = ReviewFilter.safeParse(params);
  return {
    ...(given.success ? given.data : {}),
    tab: tabs.find((tab) => tab === params["tab"]) ?? "unclaimed",
  };
}
