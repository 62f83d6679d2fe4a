import { fromParams } from "@/lib/apps/server/handlers";
import { getReconciliationEndpoint } from "@/lib/execution/reconciliation";
import { getReconciliation } from "@/lib/execution/server/list-reconciliations";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getReconciliationEndpoint, apiContext, fromParams(getReconciliation));
