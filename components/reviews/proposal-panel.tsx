"use client";

import { Money } from "@/components/ui/money";
import type { JsonObject } from "@/lib/kernel/json";
import type { ReviewView } from "@/lib/reviews/schema";
import type { Viewer } from "./answers";
import { Impact } from "./impact";
import { ObservedState } from "./observed-state";
import { ProposalFields } from "./proposal-fields";
import { ReturnedNotice } from "./returned-notice";
import { SecondOpinion } from "./second-opinion";
import { SeverityMark } from "./severity-mark";

type Props = { review: ReviewView; viewer: Viewer; edited: JsonObject | null };

/** What approving would do, drawn by us from validated fields; the model's own words stand elsewhere. */
export function ProposalPanel({ review, viewer, edited }: Props) {
  const { amount } = review;
  return (
    <div className="flex flex-col gap-5">
      <ReturnedNotice review={review} viewer={viewer} />
      {amount ? (
        <p className="flex items-baseline gap-3">
          <Money {...amount} className="text-2xl font-semibold" />
          <SeverityMark severity={review.severity} />
        </p>
      ) : (
        <SeverityMark severity={review.severity} />
      )}
      {review.predicted === "negative" ? (
        <p className="rounded-control bg-review-soft px-3 py-2 text-sm text-review-text">
          The model recommends <strong>not</strong> to act. Approving acts all the same; declining agrees with
          it.
        </p>
      ) : null}
      <ProposalFields review={review} edited={edited} />
      <ObservedState observed={review.observed} amount={review.amount} />
      <Impact review={review} />
      <SecondOpinion review={review} />
    </div>
  );
}
