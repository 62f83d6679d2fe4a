import { fromParams } from "@/lib/apps/server/handlers";
import { cancelReplayEndpoint } from "@/lib/autonomy/replay-endpoints";
import { cancelReplay } from "@/lib/autonomy/server/cancel-replay";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelReplayEndpoint, apiContext, fromParams(cancelReplay));
