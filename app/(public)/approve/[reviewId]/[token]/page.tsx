import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PublicCard } from "@/components/identity/public-card";
import { ApproveOnce } from "@/components/notices/approve-once";
import { ButtonLink } from "@/components/ui/button-link";
import { userContext, type UserContext } from "@/lib/identity/server/user-context";
import { DomainError } from "@/lib/kernel/errors";
import { describeLink } from "@/lib/notices/server/approve-from-link";
import { getReview } from "@/lib/reviews/server/get-review";
import { approveFromLinkAction } from "./actions";

export const metadata: Metadata = { title: "Approve", robots: { index: false, follow: false } };

type Props = { params: Promise<{ reviewId: string; token: string }> };

/** Looking at it approves nothing: programs that check mails look at links, too. */
export default async function ApprovePage({ params }: Props) {
  const [ctx, link] = [await userContext(), await params];
  const review = await findReview(ctx, link.reviewId);
  const { works } = await describeLink(ctx, link);
  const href = `/inbox/${review.id}`;
  const waits = ["open", "claimed", "snoozed"].includes(review.status) && review.staged === null;
  if (!works || !waits) {
    return (
      <PublicCard
        title={waits ? "This link does not work" : "This was decided"}
        description={
          waits
            ? "It was made for somebody else, was used, or is older than four hours."
            : "Somebody has ruled on it since the mail was sent."
        }
      >
        <ButtonLink href={href} variant="primary">
          Open the review
        </ButtonLink>
      </PublicCard>
    );
  }
  return (
    <PublicCard title="Approve this?" description={`${review.app.name} · ${review.type.name}`}>
      <ApproveOnce review={review} link={link} approve={approveFromLinkAction} />
    </PublicCard>
  );
}

async function findReview(ctx: UserContext, reviewId: string) {
  try {
    return await getReview(ctx, { reviewId });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not_found") notFound();
    throw error;
  }
}
