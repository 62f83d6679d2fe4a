import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { changePolicyEndpoint, getPolicyEndpoint } from "@/lib/policies/policy-endpoints";
import { changePolicy } from "@/lib/policies/server/change-policy";
import { getPolicy } from "@/lib/policies/server/list-policies";
import { serve } from "@/lib/server/serve";

export const GET = serve(getPolicyEndpoint, apiContext, fromParams(getPolicy));
export const PATCH = serve(changePolicyEndpoint, apiContext, fromBoth(changePolicy));
