import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ExportMenu } from "@/components/exports/export-menu";
import { InboxFilters } from "@/components/reviews/inbox-filters";
import { InboxList } from "@/components/reviews/inbox-list";
import { InboxTabs } from "@/components/reviews/inbox-tabs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { inboxPage, reviewList } from "@/lib/reviews/client";
import { countReviews } from "@/lib/reviews/server/count-reviews";
import { listFacets } from "@/lib/reviews/server/list-facets";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import { SavedViews } from "../../saved-views";
import { inboxFilterOf, type SearchParams } from "../inbox-filter";
import { reviewActions } from "../review-actions";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, filter] = [await userContext(), inboxFilterOf(await searchParams)];
  const client = new QueryClient();
  const [list, counts, facets] = await Promise.all([
    listReviews(ctx, { ...filter, limit: inboxPage }),
    countReviews(ctx),
    listFacets(ctx),
  ]);
  client.setQueryData(reviewList(filter).queryKey, list);
  const viewer = { id: ctx.actor.id, mayRule: roleMay(ctx.actor.role, "reviews.rule") };
  return (
    <Page>
      <PageHeader
        title="Inbox"
        description="What waits for a person, the soonest due first; one queue’s in that queue’s own order."
        actions={
          <>
            <SavedViews ctx={ctx} page="inbox" />
            <ExportMenu kind="reviews" filter={filter} />
          </>
        }
      />
      <InboxTabs filter={filter} counts={counts} />
      <InboxFilters facets={facets} />
      <HydrationBoundary state={dehydrate(client)}>
        <InboxList filter={filter} viewer={viewer} actions={reviewActions} />
      </HydrationBoundary>
    </Page>
  );
}
