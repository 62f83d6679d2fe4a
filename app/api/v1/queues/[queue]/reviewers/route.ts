import { apiContext } from "@/lib/identity/server/api-context";
import { queueReviewersEndpoint } from "@/lib/reviews/measures";
import { listQueueReviewers } from "@/lib/reviews/server/list-queue-reviewers";
import { serve } from "@/lib/server/serve";

export const GET = serve(queueReviewersEndpoint, apiContext, listQueueReviewers);
