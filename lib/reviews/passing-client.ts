import { queryOptions } from "@tanstack/react-query";
import { ask } from "./client";
import type { Passed, PassTargets } from "./passing";

const at = (reviewId: string) => `/api/v1/reviews/${encodeURIComponent(reviewId)}`;

/** Where a review may go, and whether the viewer may take it from somebody. */
export function passTargets(reviewId: string) {
  return queryOptions({
    queryKey: ["reviews", "targets", reviewId],
    queryFn: () => ask<PassTargets>(`${at(reviewId)}/targets`),
    staleTime: 30_000,
  });
}

/** Passes a review on. Throws ApiProblem. */
export function passOn(
  reviewId: string,
  to: { queue?: string; person?: string; note?: string },
): Promise<Passed> {
  return ask<Passed>(`${at(reviewId)}/forward`, "POST", to);
}

/** Takes a review over from whoever holds it. Throws ApiProblem. */
export function takeOver(reviewId: string): Promise<Passed> {
  return ask<Passed>(`${at(reviewId)}/take_over`, "POST");
}

/** Takes a review from whoever holds it and gives it back to its queue. Throws ApiProblem. */
export function giveBack(reviewId: string): Promise<Passed> {
  return ask<Passed>(`${at(reviewId)}/reassign`, "POST", { person: null });
}
