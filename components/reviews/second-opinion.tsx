"use client";

import { useQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { similarTo } from "@/lib/reviews/case-client";
import { doubtsOf } from "@/lib/reviews/second-opinion";
import type { ReviewView } from "@/lib/reviews/schema";
import { brokenCitations } from "./cited";

/** Where the checks on a decision do not agree, said beside the proposal; nothing while they do. */
export function SecondOpinion({ review }: { review: ReviewView }) {
  const { data } = useQuery(similarTo(review.decision_id, review.blind ? "blind" : "open"));
  const broken = brokenCitations(review.decision.citations, review.decision.context);
  const doubts = doubtsOf({
    predicted: review.proposer ? null : review.predicted,
    confidence: review.confidence,
    calibrated: review.calibrated,
    nearest: data?.data ?? [],
    broken: {
      noItem: broken.filter(({ why }) => why === "no_item").length,
      noWords: broken.filter(({ why }) => why === "no_words").length,
    },
  });
  return (
    <div role="status">
      {doubts.length === 0 ? null : (
        <section
          aria-labelledby="second-opinion"
          className="flex flex-col gap-1 rounded-card border border-review bg-review-soft p-3 text-sm text-review-text"
        >
          <h2 id="second-opinion" className="flex items-center gap-1.5 font-semibold">
            <Scale aria-hidden className="size-4 shrink-0" />
            The checks do not agree
          </h2>
          <ul className="flex list-disc flex-col gap-1 ps-5">
            {doubts.map(({ code, sentence }) => (
              <li key={code}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
