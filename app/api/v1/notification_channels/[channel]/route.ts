import { apiContext } from "@/lib/identity/server/api-context";
import { changeChannelEndpoint } from "@/lib/notices/channels";
import { changeChannel } from "@/lib/notices/server/change-channel";
import { serve } from "@/lib/server/serve";

export const PUT = serve(changeChannelEndpoint, apiContext, (ctx, { params, body }) =>
  changeChannel(ctx, { channelId: params.channel, draft: body }),
);
