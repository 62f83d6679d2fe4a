import { apiContext } from "@/lib/identity/server/api-context";
import { listGoldEndpoint, markGoldEndpoint } from "@/lib/reviews/measures";
import { listGold } from "@/lib/reviews/server/list-gold";
import { markGold } from "@/lib/reviews/server/mark-gold";
import { serve } from "@/lib/server/serve";

export const GET = serve(listGoldEndpoint, apiContext, listGold);
export const POST = serve(markGoldEndpoint, apiContext, markGold);
