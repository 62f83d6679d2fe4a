import { fromParams } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listPolicyDivergencesEndpoint } from "@/lib/policies/policy-endpoints";
import { listPolicyDivergences } from "@/lib/policies/server/list-divergences";
import { serve } from "@/lib/server/serve";

export const GET = serve(listPolicyDivergencesEndpoint, apiContext, fromParams(listPolicyDivergences));
