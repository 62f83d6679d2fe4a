import { fromParams } from "@/lib/apps/server/handlers";
import { openReplayFlipEndpoint } from "@/lib/autonomy/replay-endpoints";
import { openFlip } from "@/lib/autonomy/server/open-flip";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(openReplayFlipEndpoint, apiContext, fromParams(openFlip));
