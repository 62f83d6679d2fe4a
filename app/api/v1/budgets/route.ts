import { createBudgetEndpoint, listBudgetsEndpoint } from "@/lib/apps/budgets";
import { createBudget } from "@/lib/apps/server/create-budget";
import { fromBody, fromQuery } from "@/lib/apps/server/handlers";
import { listBudgets } from "@/lib/apps/server/list-budgets";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listBudgetsEndpoint, apiContext, fromQuery(listBudgets));
export const POST = serve(createBudgetEndpoint, apiContext, fromBody(createBudget));
