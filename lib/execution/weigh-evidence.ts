import type { ExecutionStatus } from "./schema";

/** What a target says of an act, otherwise than by answering our request: in a callback, or by its own ledger. */
export type News = "succeeded" | "failed";

/** What such news makes of an execution. Nothing that has ended is ever flipped: it becomes disputed, and a person's. */
export type Weighed =
  /** It settles what was open. */
  | "settled"
  /** It is what we have on record. */
  | "confirmed"
  /** It contradicts what has ended. */
  | "disputed"
  /** Another send of it is under way right now, so that it cannot be told which one was meant. */
  | "too_early"
  /** It speaks of an act that we have never sent. */
  | "unsent"
  /** It changes nothing, and is kept for whoever settles the dispute. */
  | "noted";

export type Weighable = {
  status: ExecutionStatus;
  /** A send before the one under way may have reached the target. */
  wasSent: boolean;
  /** It was cancelled unsent so that its decision could be made anew: that decision has another execution, or will. */
  isReplaced: boolean;
};

/** Weighs news of an execution. */
export function weighEvidence({ status, wasSent, isReplaced }: Weighable, news: News): Weighed {
  switch (status) {
    case "pending":
      return news === "succeeded" ? "unsent" : "noted";
    case "in_flight":
      return news === "failed" && wasSent ? "too_early" : "settled";
    case "unknown":
    case "dead":
      return news === "succeeded" && !wasSent ? "unsent" : "settled";
    case "succeeded":
      return news === "succeeded" ? "confirmed" : "disputed";
    case "failed":
      return news === "failed" ? "confirmed" : "disputed";
    case "cancelled":
      if (news === "failed") return "confirmed";
      return isReplaced ? "unsent" : "disputed";
    case "disputed":
      return "noted";
  }
}
