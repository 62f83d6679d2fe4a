import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import type { InboxFilter } from "@/lib/reviews/client";

/** Nothing in a list, and what to do about it. */
export function InboxEmpty({ filter }: { filter: InboxFilter }) {
  if (filter.app || filter.type || filter.queue) {
    return (
      <EmptyState
        title="Nothing matches these filters"
        action={<ButtonLink href={`/inbox?tab=${filter.tab}`}>Clear filters</ButtonLink>}
      >
        Other reviews may be waiting.
      </EmptyState>
    );
  }
  if (filter.tab === "mine") {
    return (
      <EmptyState
        title="You hold nothing"
        action={<ButtonLink href="/inbox?tab=unclaimed">See unclaimed</ButtonLink>}
      >
        A review you open is yours for as long as you work on it.
      </EmptyState>
    );
  }
  if (filter.tab === "snoozed") {
    return (
      <EmptyState title="Nothing sleeps">
        Snoozed reviews come back here by themselves when their time is over.
      </EmptyState>
    );
  }
  if (filter.tab === "resolved") {
    return (
      <EmptyState title="Nothing ruled on yet">Verdicts appear here as soon as they take effect.</EmptyState>
    );
  }
  return (
    <EmptyState
      title="All clear"
      action={<ButtonLink href="/inbox?tab=resolved">Browse resolved</ButtonLink>}
    >
      No review waits for anybody. New ones appear here by themselves.
    </EmptyState>
  );
}
