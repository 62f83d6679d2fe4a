import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getQueueEndpoint, updateQueueEndpoint } from "@/lib/reviews/queue-endpoints";
import { getQueue } from "@/lib/reviews/server/get-queue";
import { updateQueue } from "@/lib/reviews/server/update-queue";
import { serve } from "@/lib/server/serve";

export const GET = serve(getQueueEndpoint, apiContext, fromParams(getQueue));
export const PATCH = serve(updateQueueEndpoint, apiContext, fromBoth(updateQueue));
