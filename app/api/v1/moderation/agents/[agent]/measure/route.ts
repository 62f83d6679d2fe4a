import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { measureAgentEndpoint } from "@/lib/policies/moderation/endpoints";
import { measureAgent } from "@/lib/policies/server/measure-agent";
import { serve } from "@/lib/server/serve";

export const POST = serve(measureAgentEndpoint, apiContext, fromBoth(measureAgent));
