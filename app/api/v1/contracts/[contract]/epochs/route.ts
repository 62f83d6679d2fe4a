import { listEpochsEndpoint } from "@/lib/autonomy/endpoints";
import { fromParamsAndQuery } from "@/lib/autonomy/server/handlers";
import { listContractEpochs } from "@/lib/autonomy/server/list-contract-changes";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listEpochsEndpoint, apiContext, fromParamsAndQuery(listContractEpochs));
