import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import { cache } from "react";
import { FocusView } from "@/components/reviews/focus-view";
import { roleMay } from "@/lib/identity/matrix";
import { userContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { inboxPage, reviewDetail } from "@/lib/reviews/client";
import { walkOf, walkThrough } from "@/lib/reviews/walk";
import { reviewWalk } from "@/lib/reviews/walk-client";
import { getReview } from "@/lib/reviews/server/get-review";
import { listReviews } from "@/lib/reviews/server/list-reviews";
import { titled } from "../../titled";
import { inboxFilterOf, type SearchParams } from "../inbox-filter";
import { reviewActions } from "../review-actions";

// The title and the page are of one reading.
const read = cache(async (reviewId: string) => getReview(await userContext(), { reviewId }));

export const generateMetadata = titled(
  "Review",
  async (_, { reviewId }: { reviewId: string }) => (await read(reviewId)).summary,
);

type Props = { params: Promise<{ reviewId: string }>; searchParams: SearchParams };

export default async function ReviewPage({ params, searchParams }: Props) {
  const [ctx, { reviewId }, filter] = [await userContext(), await params, inboxFilterOf(await searchParams)];
  const client = new QueryClient();
  const [review, list] = await Promise.all([
    read(reviewId).catch(absent),
    listReviews(ctx, { ...walkOf(filter), limit: inboxPage }),
  ]);
  if (!review) notFound();
  client.setQueryData(reviewDetail(reviewId).queryKey, review);
  client.setQueryData(reviewWalk(filter).queryKey, walkThrough(list));
  const viewer = { id: ctx.actor.id, mayRule: roleMay(ctx.actor.role, "reviews.rule") };
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <FocusView initialId={reviewId} filter={filter} viewer={viewer} actions={reviewActions} />
    </HydrationBoundary>
  );
}

function absent(error: unknown): undefined {
  if (error instanceof DomainError && error.kind === "not_found") return undefined;
  throw error;
}
