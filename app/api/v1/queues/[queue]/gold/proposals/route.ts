import { apiContext } from "@/lib/identity/server/api-context";
import { proposeGoldEndpoint } from "@/lib/reviews/measures";
import { proposeGold } from "@/lib/reviews/server/propose-gold";
import { serve } from "@/lib/server/serve";

export const GET = serve(proposeGoldEndpoint, apiContext, proposeGold);
