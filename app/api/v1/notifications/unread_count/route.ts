import { apiContext } from "@/lib/identity/server/api-context";
import { countUnreadEndpoint } from "@/lib/notices/notifications";
import { countUnread } from "@/lib/notices/server/count-unread";
import { serve } from "@/lib/server/serve";

export const GET = serve(countUnreadEndpoint, apiContext, countUnread);
