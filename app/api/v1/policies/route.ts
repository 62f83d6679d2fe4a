import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createPolicyEndpoint, listPoliciesEndpoint } from "@/lib/policies/policy-endpoints";
import { createPolicy } from "@/lib/policies/server/create-policy";
import { listPolicies } from "@/lib/policies/server/list-policies";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPoliciesEndpoint, apiContext, fromQuery(listPolicies));
export const POST = serve(createPolicyEndpoint, apiContext, fromBody(createPolicy));
