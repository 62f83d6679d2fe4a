import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createQueueEndpoint, listQueuesEndpoint } from "@/lib/reviews/queue-endpoints";
import { createQueue } from "@/lib/reviews/server/create-queue";
import { listQueues } from "@/lib/reviews/server/list-queues";
import { serve } from "@/lib/server/serve";

export const GET = serve(listQueuesEndpoint, apiContext, fromQuery(listQueues));
export const POST = serve(createQueueEndpoint, apiContext, fromBody(createQueue));
