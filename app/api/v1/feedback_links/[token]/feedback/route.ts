import { giveLinkedFeedbackEndpoint, readFeedbackLinkEndpoint } from "@/lib/feedback/links";
import { linkLimits } from "@/lib/feedback/link-limits";
import { giveLinkedFeedback } from "@/lib/feedback/server/give-linked-feedback";
import { readFeedbackLink } from "@/lib/feedback/server/read-feedback-link";
import { publicContext } from "@/lib/identity/server/system-context";
import { preflight, serveCrossOrigin } from "@/lib/server/serve-cross-origin";

export const GET = serveCrossOrigin(
  readFeedbackLinkEndpoint,
  publicContext,
  readFeedbackLink,
  linkLimits.bytes,
);
export const POST = serveCrossOrigin(
  giveLinkedFeedbackEndpoint,
  publicContext,
  giveLinkedFeedback,
  linkLimits.bytes,
);
export const OPTIONS = preflight(["GET", "POST"]);
