import { fromBoth, fromParams } from "@/lib/apps/server/handlers";
import { getContractEndpoint, updateContractEndpoint } from "@/lib/autonomy/endpoints";
import { getContract } from "@/lib/autonomy/server/get-contract";
import { updateTerms } from "@/lib/autonomy/server/update-terms";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getContractEndpoint, apiContext, fromParams(getContract));
export const PATCH = serve(updateContractEndpoint, apiContext, fromBoth(updateTerms));
