import { createDecisionTypeEndpoint, listDecisionTypesEndpoint } from "@/lib/apps/endpoints";
import { createDecisionType } from "@/lib/apps/server/create-decision-type";
import { listDecisionTypes } from "@/lib/apps/server/list-decision-types";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBody, fromQuery } from "@/lib/apps/server/handlers";

export const GET = serve(listDecisionTypesEndpoint, apiContext, fromQuery(listDecisionTypes));
export const POST = serve(createDecisionTypeEndpoint, apiContext, fromBody(createDecisionType));
