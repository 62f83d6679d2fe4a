import { fromQuery } from "@/lib/apps/server/handlers";
import { createReplayEndpoint, listReplaysEndpoint } from "@/lib/autonomy/replay-endpoints";
import { createReplay } from "@/lib/autonomy/server/create-replay";
import { listReplays } from "@/lib/autonomy/server/list-replays";
import { apiContext } from "@/lib/identity/server/api-context";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listReplaysEndpoint, apiContext, fromQuery(listReplays));
export const POST = serve(createReplayEndpoint, apiContext, async (ctx, { body }) => {
  const made = await createReplay(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/replays/${made.id}` } });
});
