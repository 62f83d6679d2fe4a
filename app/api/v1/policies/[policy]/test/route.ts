import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { testPolicyEndpoint } from "@/lib/policies/policy-endpoints";
import { testPolicy } from "@/lib/policies/server/check-policy";
import { serve } from "@/lib/server/serve";

export const POST = serve(testPolicyEndpoint, apiContext, fromParams(testPolicy));
