import { apiContext } from "@/lib/identity/server/api-context";
import { retireGoldEndpoint } from "@/lib/reviews/measures";
import { retireGold } from "@/lib/reviews/server/retire-gold";
import { serve } from "@/lib/server/serve";

export const DELETE = serve(retireGoldEndpoint, apiContext, retireGold);
