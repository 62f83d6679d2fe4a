import { updateBudgetEndpoint } from "@/lib/apps/budgets";
import { fromBoth } from "@/lib/apps/server/handlers";
import { updateBudget } from "@/lib/apps/server/update-budget";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const PATCH = serve(updateBudgetEndpoint, apiContext, fromBoth(updateBudget));
