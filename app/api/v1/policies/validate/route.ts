import { fromBody } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { evaluatePolicyEndpoint } from "@/lib/policies/policy-endpoints";
import { evaluatePolicy } from "@/lib/policies/server/check-policy";
import { serve } from "@/lib/server/serve";

export const POST = serve(evaluatePolicyEndpoint, apiContext, fromBody(evaluatePolicy));
