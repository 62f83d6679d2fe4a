import { apiContext } from "@/lib/identity/server/api-context";
import { createChannelEndpoint, listChannelsEndpoint } from "@/lib/notices/channels";
import { createChannel } from "@/lib/notices/server/create-channel";
import { listChannels } from "@/lib/notices/server/list-channels";
import { serve } from "@/lib/server/serve";

export const GET = serve(listChannelsEndpoint, apiContext, (ctx, { query }) => listChannels(ctx, query));
export const POST = serve(createChannelEndpoint, apiContext, (ctx, { body }) => createChannel(ctx, body));
