import { fromQuery } from "@/lib/apps/server/handlers";
import { apiContext } from "@/lib/identity/server/api-context";
import { listFineTunesEndpoint, startFineTuneEndpoint } from "@/lib/learning/fine-tunes";
import { listFineTunes } from "@/lib/learning/server/list-fine-tunes";
import { startFineTune } from "@/lib/learning/server/start-fine-tune";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listFineTunesEndpoint, apiContext, fromQuery(listFineTunes));
export const POST = serve(startFineTuneEndpoint, apiContext, async (ctx, { body }) => {
  const made = await startFineTune(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/fine_tunes/${made.id}` } });
});
