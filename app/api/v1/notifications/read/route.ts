import { apiContext } from "@/lib/identity/server/api-context";
import { markReadEndpoint } from "@/lib/notices/notifications";
import { markRead } from "@/lib/notices/server/mark-read";
import { serve } from "@/lib/server/serve";

export const POST = serve(markReadEndpoint, apiContext, (ctx, { body }) => markRead(ctx, body));
