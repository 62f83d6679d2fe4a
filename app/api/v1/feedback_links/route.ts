import { offerFeedbackEndpoint } from "@/lib/feedback/links";
import { offerFeedback } from "@/lib/feedback/server/offer-feedback";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(offerFeedbackEndpoint, apiContext, offerFeedback);
