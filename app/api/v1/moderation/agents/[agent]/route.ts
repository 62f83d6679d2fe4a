import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { getAgentEndpoint, updateAgentEndpoint } from "@/lib/policies/moderation/endpoints";
import { getAgent } from "@/lib/policies/server/get-agent";
import { updateAgent } from "@/lib/policies/server/update-agent";
import { serve } from "@/lib/server/serve";

export const GET = serve(getAgentEndpoint, apiContext, fromParams(getAgent));
export const PATCH = serve(updateAgentEndpoint, apiContext, fromBoth(updateAgent));
