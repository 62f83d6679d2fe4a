import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { createDelegationEndpoint, listDelegationsEndpoint } from "@/lib/reviews/delegations";
import { createDelegation, listDelegations } from "@/lib/reviews/server/delegations";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDelegationsEndpoint, apiContext, fromQuery(listDelegations));
export const POST = serve(createDelegationEndpoint, apiContext, fromBody(createDelegation));
