import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { startShadowEndpoint } from "@/lib/policies/policy-endpoints";
import { startShadow } from "@/lib/policies/server/start-shadow";
import { serve } from "@/lib/server/serve";

export const POST = serve(startShadowEndpoint, apiContext, fromBoth(startShadow));
