import { signBudgetEndpoint } from "@/lib/apps/budgets";
import { fromBoth } from "@/lib/apps/server/handlers";
import { signBudget } from "@/lib/apps/server/sign-budget";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(signBudgetEndpoint, apiContext, fromBoth(signBudget));
