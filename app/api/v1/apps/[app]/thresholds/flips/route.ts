import { flipsEndpoint } from "@/lib/autonomy/threshold-endpoints";
import { answerFlips } from "@/lib/autonomy/server/threshold-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(flipsEndpoint, apiContext, answerFlips);
