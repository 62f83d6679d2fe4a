import { listReplayFlipsEndpoint } from "@/lib/autonomy/replay-endpoints";
import { listFlipsOfReplay } from "@/lib/autonomy/server/list-flips-of-replay";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listReplayFlipsEndpoint, apiContext, (ctx, { params, query }) =>
  listFlipsOfReplay(ctx, { ...params, ...query }),
);
