import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { endShadowEndpoint } from "@/lib/policies/policy-endpoints";
import { endShadow } from "@/lib/policies/server/start-shadow";
import { serve } from "@/lib/server/serve";

export const POST = serve(endShadowEndpoint, apiContext, fromBoth(endShadow));
