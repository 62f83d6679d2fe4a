import { getDecisionTypeEndpoint, updateDecisionTypeEndpoint } from "@/lib/apps/endpoints";
import { getDecisionType } from "@/lib/apps/server/get-decision-type";
import { updateDecisionType } from "@/lib/apps/server/update-decision-type";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBoth, fromParams } from "@/lib/apps/server/handlers";

export const GET = serve(getDecisionTypeEndpoint, apiContext, fromParams(getDecisionType));
export const PATCH = serve(updateDecisionTypeEndpoint, apiContext, fromBoth(updateDecisionType));
