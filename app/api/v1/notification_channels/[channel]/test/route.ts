import { apiContext } from "@/lib/identity/server/api-context";
import { testChannelEndpoint } from "@/lib/notices/channels";
import { sendTest } from "@/lib/notices/server/send-test";
import { serve } from "@/lib/server/serve";

export const POST = serve(testChannelEndpoint, apiContext, (ctx, { params }) =>
  sendTest(ctx, { channelId: params.channel }),
);
