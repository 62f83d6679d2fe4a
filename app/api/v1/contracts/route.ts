import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { createContractEndpoint, listContractsEndpoint } from "@/lib/autonomy/endpoints";
import { createContract } from "@/lib/autonomy/server/create-contract";
import { listContracts } from "@/lib/autonomy/server/list-contracts";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listContractsEndpoint, apiContext, fromQuery(listContracts));
export const POST = serve(createContractEndpoint, apiContext, fromBody(createContract));
