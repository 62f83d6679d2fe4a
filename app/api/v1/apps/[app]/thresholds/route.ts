import { thresholdDataEndpoint } from "@/lib/autonomy/threshold-endpoints";
import { answerThresholds } from "@/lib/autonomy/server/threshold-handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { unlessSame } from "@/lib/server/unless-same";

export const GET = unlessSame(serve(thresholdDataEndpoint, apiContext, answerThresholds));
