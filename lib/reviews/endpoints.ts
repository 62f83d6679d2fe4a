import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { listOf } from "@/lib/kernel/list";
import { bulkVerdictEndpoint } from "./bulk";
import { noteEndpoints } from "./notes";
import { ClaimNext, ReviewListQuery, ReviewSummary, ReviewView, Ruling, Snooze, VerdictView } from "./schema";
import { similarDecisionsEndpoint } from "./similar";

const ReviewParams = z.object({ review: z.string().max(64) });
const notYours = "Another reviewer holds it, or it is already resolved; the detail names who and how";
const about = { tag: "Reviews", security: "key", status: 200 } as const;
const one = { ...about, params: ReviewParams, response: ReviewView };

export const listReviewsEndpoint = endpoint({
  ...about,
  id: "listReviews",
  method: "GET",
  path: "/api/v1/reviews",
  summary: "List reviews, the next due first",
  description: "For people: a personal access token or a session. Resolved reviews come newest first.",
  query: ReviewListQuery,
  response: listOf(ReviewSummary),
  problems: { 422: "A filter is not understood" },
});

export const getReviewEndpoint = endpoint({
  ...one,
  id: "getReview",
  method: "GET",
  path: "/api/v1/reviews/{review}",
  summary: "Get a review with its decision",
  problems: { 404: "There is no such review" },
});

export const claimNextReviewEndpoint = endpoint({
  ...about,
  id: "claimNextReview",
  method: "POST",
  path: "/api/v1/reviews/claim",
  summary: "Claim the next review",
  description:
    "Of your queues: first what is kept for you, then the next in its queue's own order, with a lease; null when there is none.",
  body: ClaimNext,
  response: z.object({ review: ReviewView.nullable() }),
  problems: { 409: "You hold as many as the queue's load cap allows" },
});

export const claimReviewEndpoint = endpoint({
  ...one,
  id: "claimReview",
  method: "POST",
  path: "/api/v1/reviews/{review}/claim",
  summary: "Claim a review",
  problems: { 404: "There is no such review", 409: notYours },
});

export const heartbeatReviewEndpoint = endpoint({
  ...about,
  id: "heartbeatReview",
  method: "POST",
  path: "/api/v1/reviews/{review}/heartbeat",
  summary: "Extend the lease of a review you hold",
  params: ReviewParams,
  response: z.object({ id: z.string(), lease_until: z.string() }),
  problems: { 409: "You no longer hold it" },
});

export const releaseReviewEndpoint = endpoint({
  ...one,
  id: "releaseReview",
  method: "POST",
  path: "/api/v1/reviews/{review}/release",
  summary: "Give a review back",
  problems: { 409: "You do not hold it" },
});

export const snoozeReviewEndpoint = endpoint({
  ...one,
  id: "snoozeReview",
  method: "POST",
  path: "/api/v1/reviews/{review}/snooze",
  summary: "Put a review off",
  description: "Its due time does not move: the clock goes on while it sleeps.",
  body: Snooze,
  problems: { 409: notYours },
});

export const giveVerdictEndpoint = endpoint({
  ...about,
  params: ReviewParams,
  response: VerdictView,
  id: "giveVerdict",
  method: "POST",
  path: "/api/v1/reviews/{review}/verdict",
  summary: "Rule on a review",
  description:
    "Takes effect at once. Only a person can rule: an app's key is refused. Where an approval rule asks for more people, the decision is `awaiting_second` after this one, and `next_review_id` is for somebody else.",
  body: Ruling,
  problems: {
    403: "own_proposal, own_edit, already_approved, excluded_person, recent_change, not_named, lacks_skill, not_a_member; to break the glass also not_a_lead, quorum_possible. The detail says whom to ask",
    409: notYours,
    410: "Its time is over",
    422: "The verdict is incomplete, or edited arguments do not fit; cannot_observe: what it is about is not there",
    503: "What it would change cannot be read from its system now (cannot_observe)",
  },
});

export const takeBackVerdictEndpoint = endpoint({
  ...one,
  id: "takeBackVerdict",
  method: "DELETE",
  path: "/api/v1/reviews/{review}/verdict",
  summary: "Take back a verdict given on screen",
  problems: { 409: "It has taken effect, or was never given" },
});

export const reviewEndpoints = [
  listReviewsEndpoint,
  claimNextReviewEndpoint,
  getReviewEndpoint,
  claimReviewEndpoint,
  heartbeatReviewEndpoint,
  releaseReviewEndpoint,
  snoozeReviewEndpoint,
  giveVerdictEndpoint,
  bulkVerdictEndpoint,
  takeBackVerdictEndpoint,
  similarDecisionsEndpoint,
  ...noteEndpoints,
];
