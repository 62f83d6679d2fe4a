"use client";

import { useState } from "react";
import { FormError } from "@/components/identity/form-error";
import { type Answer, useSubmit } from "@/components/identity/use-submit";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Countdown, Time } from "@/components/ui/time";
import { UntrustedInline } from "@/components/ui/untrusted-text";
import type { ReviewView } from "@/lib/reviews/schema";

type Link = { reviewId: string; token: string };
type Props = {
  review: Pick<ReviewView, "id" | "summary" | "due_at" | "predicted">;
  link: Link;
  approve: (link: Link) => Promise<Answer<{ effectiveAt: string }>>;
};

/** One approval from a mail: what it would do, and a button that does it once. */
export function ApproveOnce({ review, link, approve }: Props) {
  const { submit, pending, formError } = useSubmit(approve);
  const [effectiveAt, setEffectiveAt] = useState<string>();
  const href = `/inbox/${review.id}`;
  if (effectiveAt) {
    return (
      <div className="flex flex-col gap-4" role="status">
        <p className="text-base">
          Approved. It takes effect in <Countdown at={effectiveAt} />; until then it can be taken back on the
          review.
        </p>
        <ButtonLink href={href}>Open the review</ButtonLink>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <FormError>{formError}</FormError>
      <p className="text-md font-semibold text-balance">
        <UntrustedInline text={review.summary} />
      </p>
      <p className="text-sm text-muted-foreground">
        {review.predicted === "negative" ? "The model advises against it. " : null}
        Due <Time at={review.due_at} />. The evidence is on the review.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="positive"
          size="lg"
          pending={pending}
          onClick={() => void submit(link).then((staged) => staged && setEffectiveAt(staged.effectiveAt))}
        >
          Approve
        </Button>
        <ButtonLink href={href} size="lg">
          Open the review
        </ButtonLink>
      </div>
    </div>
  );
}
