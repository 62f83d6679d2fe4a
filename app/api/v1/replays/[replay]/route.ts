import { fromParams } from "@/lib/apps/server/handlers";
import { getReplayEndpoint } from "@/lib/autonomy/replay-endpoints";
import { getReplay } from "@/lib/autonomy/server/get-replay";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getReplayEndpoint, apiContext, fromParams(getReplay));
