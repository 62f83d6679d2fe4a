import { apiContext } from "@/lib/identity/server/api-context";
import { listAgentsEndpoint } from "@/lib/policies/moderation/endpoints";
import { listAgents } from "@/lib/policies/server/list-agents";
import { serve } from "@/lib/server/serve";

export const GET = serve(listAgentsEndpoint, apiContext, listAgents);
