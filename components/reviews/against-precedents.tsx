"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import type { Verdict } from "@/lib/kernel/statuses";
import { similarTo } from "@/lib/reviews/case-client";
import { goesAgainst, nearestAsked } from "@/lib/reviews/precedents";
import type { ReviewView } from "@/lib/reviews/schema";

type Props = { review: Pick<ReviewView, "decision_id" | "blind">; verdict: Verdict };

/** Said where a verdict is about to be given that the nearest past rulings all speak against; it hinders nobody. */
export function AgainstPrecedents({ review, verdict }: Props) {
  const { data } = useQuery(similarTo(review.decision_id, review.blind ? "blind" : "open"));
  if (!goesAgainst(data?.data ?? [], verdict)) return null;
  return (
    <p
      role="status"
      className="mb-2 flex items-start gap-2 rounded-control bg-review-soft px-3 py-2 text-sm text-review-text"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      The {nearestAsked} nearest past cases were all {verdict === "decline" ? "approved" : "declined"}.
    </p>
  );
}
