import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { queueStatsEndpoint } from "@/lib/reviews/queue-endpoints";
import { getQueueStats } from "@/lib/reviews/server/get-queue-stats";
import { serve } from "@/lib/server/serve";

export const GET = serve(queueStatsEndpoint, apiContext, fromParams(getQueueStats));
