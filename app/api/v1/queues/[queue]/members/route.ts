import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listQueueMembersEndpoint, setQueueMembersEndpoint } from "@/lib/reviews/queue-endpoints";
import { listQueueMembers } from "@/lib/reviews/server/list-queue-members";
import { setQueueMembers } from "@/lib/reviews/server/set-queue-members";
import { serve } from "@/lib/server/serve";

export const GET = serve(listQueueMembersEndpoint, apiContext, fromParams(listQueueMembers));
export const PUT = serve(setQueueMembersEndpoint, apiContext, fromBoth(setQueueMembers));
