import { z } from "zod";
import { endpoint } from "@/lib/kernel/endpoint";
import { linkLimits } from "./link-limits";
import { votes } from "./schema";

export const OfferFeedback = z.strictObject({
  decision_id: z.string().min(1).max(64),
  expires_in_days: z.int().min(1).max(linkLimits.mostDays).default(linkLimits.days),
});
export type OfferFeedback = z.output<typeof OfferFeedback>;

export const FeedbackLinkView = z.object({
  id: z.string(),
  object: z.literal("feedback_link"),
  decision_id: z.string(),
  token: z.string().describe("For the embeddable snippet. In this answer and never again"),
  url: z.string().describe("The hosted page with this token"),
  expires_at: z.string(),
});
export type FeedbackLinkView = z.output<typeof FeedbackLinkView>;

/** What a customer says: no cause, no correction, nothing that needs to know how the decision was made. */
export const CustomerWord = z
  .strictObject({
    vote: z.enum(votes).optional(),
    score: z.number().min(0, "must be from 0 to 1").max(1, "must be from 0 to 1").optional(),
    text: z
      .string()
      .trim()
      .max(linkLimits.text, `At most ${linkLimits.text} characters`)
      .transform((text) => text || undefined)
      .optional(),
  })
  .refine((said) => Object.values(said).some((value) => value !== undefined), {
    message: "say something: a vote, a score or a text",
  });
export type CustomerWord = z.output<typeof CustomerWord>;

/** What stands of a link, to whoever holds its token: their own words, nothing of the decision. */
export const CustomerFeedback = z.object({
  object: z.literal("customer_feedback"),
  vote: z.enum(votes).nullable(),
  score: z.number().nullable(),
  text: z.string().nullable(),
  given_at: z.string().nullable().describe("Null: nothing was said yet"),
  expires_at: z.string().describe("It can be changed until then"),
});
export type CustomerFeedback = z.output<typeof CustomerFeedback>;

const TokenParams = z.object({ token: z.string().min(1).max(300) });
const open = {
  tag: "Feedback",
  security: "public",
  params: TokenParams,
  response: CustomerFeedback,
} as const;
const refused = {
  404: "feedback_link_invalid: forged, cut off or changed",
  410: "feedback_link_expired",
  429: "Too many tries from this address or over this link",
} as const;
const fromAnywhere =
  "Callable from any site (CORS); it reads no cookies and no Authorization header, the token alone says what it is about.";

export const offerFeedbackEndpoint = endpoint({
  id: "offerFeedback",
  method: "POST",
  path: "/api/v1/feedback_links",
  tag: "Feedback",
  security: "key",
  summary: "Make a link for the customer of one decision",
  description:
    "The token is signed, names one decision and lapses. Give the customer the hosted page, or put the token into your own page with the snippet of /docs/feedback. It holds no secret of yours and opens nothing else.",
  scope: "feedback:write",
  body: OfferFeedback,
  response: FeedbackLinkView,
  status: 201,
  problems: { 404: "There is no such decision" },
});

export const readFeedbackLinkEndpoint = endpoint({
  ...open,
  id: "readFeedbackLink",
  method: "GET",
  path: "/api/v1/feedback_links/{token}/feedback",
  summary: "Read what a customer said over a link",
  description: fromAnywhere,
  status: 200,
  problems: refused,
});

export const giveLinkedFeedbackEndpoint = endpoint({
  ...open,
  id: "giveLinkedFeedback",
  method: "POST",
  path: "/api/v1/feedback_links/{token}/feedback",
  summary: "Say something of a decision, as its customer",
  description: `${fromAnywhere} Sending again changes it, until the link lapses; sending the same again answers 200 and changes nothing.`,
  body: CustomerWord,
  status: 201,
  problems: { ...refused, 413: "The body is over 16 KB", 422: "A field is wrong, or nothing was said" },
});

export const linkEndpoints = [
  offerFeedbackEndpoint,
  readFeedbackLinkEndpoint,
  giveLinkedFeedbackEndpoint,
] as const;
