import { apiContext } from "@/lib/identity/server/api-context";
import { listNotificationsEndpoint } from "@/lib/notices/notifications";
import { listNotifications } from "@/lib/notices/server/list-notifications";
import { serve } from "@/lib/server/serve";

export const GET = serve(listNotificationsEndpoint, apiContext, (ctx, { query }) =>
  listNotifications(ctx, query),
);
