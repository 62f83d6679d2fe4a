import { listChangesEndpoint } from "@/lib/autonomy/endpoints";
import { fromParamsAndQuery } from "@/lib/autonomy/server/handlers";
import { listContractChanges } from "@/lib/autonomy/server/list-contract-changes";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listChangesEndpoint, apiContext, fromParamsAndQuery(listContractChanges));
