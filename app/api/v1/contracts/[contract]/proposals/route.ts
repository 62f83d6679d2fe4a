import { fromBoth } from "@/lib/apps/server/handlers";
import { listProposalsEndpoint, proposeEndpoint } from "@/lib/autonomy/endpoints";
import { fromParamsAndQuery } from "@/lib/autonomy/server/handlers";
import { listProposals } from "@/lib/autonomy/server/list-contract-changes";
import { proposeAutonomy } from "@/lib/autonomy/server/propose-autonomy";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listProposalsEndpoint, apiContext, fromParamsAndQuery(listProposals));
export const POST = serve(proposeEndpoint, apiContext, fromBoth(proposeAutonomy));
