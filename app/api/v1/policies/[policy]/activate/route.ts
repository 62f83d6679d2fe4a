import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { publishPolicyEndpoint } from "@/lib/policies/policy-endpoints";
import { publishPolicy } from "@/lib/policies/server/publish-policy";
import { serve } from "@/lib/server/serve";

export const POST = serve(publishPolicyEndpoint, apiContext, fromBoth(publishPolicy));
