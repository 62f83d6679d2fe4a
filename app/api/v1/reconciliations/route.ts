import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { listReconciliationsEndpoint, startReconciliationEndpoint } from "@/lib/execution/reconciliation";
import { listReconciliations } from "@/lib/execution/server/list-reconciliations";
import { startReconciliation } from "@/lib/execution/server/start-reconciliation";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listReconciliationsEndpoint, apiContext, fromQuery(listReconciliations));
export const POST = serve(startReconciliationEndpoint, apiContext, fromBody(startReconciliation));
