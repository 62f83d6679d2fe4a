import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listPolicyVersionsEndpoint } from "@/lib/policies/policy-endpoints";
import { listPolicyVersions } from "@/lib/policies/server/list-policies";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPolicyVersionsEndpoint, apiContext, fromParams(listPolicyVersions));
