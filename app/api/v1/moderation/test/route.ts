import { fromBody } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { testAgentsEndpoint } from "@/lib/policies/moderation/endpoints";
import { testAgents } from "@/lib/policies/server/test-agent";
import { serve } from "@/lib/server/serve";

export const POST = serve(testAgentsEndpoint, apiContext, fromBody(testAgents));
