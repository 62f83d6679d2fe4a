import { fromBody } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { tryQueueRuleEndpoint } from "@/lib/reviews/queue-endpoints";
import { tryQueueRule } from "@/lib/reviews/server/try-queue-rule";
import { serve } from "@/lib/server/serve";

export const POST = serve(tryQueueRuleEndpoint, apiContext, fromBody(tryQueueRule));
