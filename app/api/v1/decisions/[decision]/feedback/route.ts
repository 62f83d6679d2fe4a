import { giveFeedbackEndpoint, listFeedbackEndpoint } from "@/lib/feedback/schema";
import { giveFeedback } from "@/lib/feedback/server/give-feedback";
import { listFeedback } from "@/lib/feedback/server/list-feedback";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listFeedbackEndpoint, apiContext, listFeedback);
export const POST = serve(giveFeedbackEndpoint, apiContext, giveFeedback);
