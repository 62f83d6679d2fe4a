import { fromBoth } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { rollBackPolicyEndpoint } from "@/lib/policies/policy-endpoints";
import { rollBackPolicy } from "@/lib/policies/server/roll-back-policy";
import { serve } from "@/lib/server/serve";

export const POST = serve(rollBackPolicyEndpoint, apiContext, fromBoth(rollBackPolicy));
