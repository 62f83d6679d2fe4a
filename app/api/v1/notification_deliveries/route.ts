import { apiContext } from "@/lib/identity/server/api-context";
import { listDeliveriesEndpoint } from "@/lib/notices/channels";
import { listDeliveries } from "@/lib/notices/server/list-deliveries";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDeliveriesEndpoint, apiContext, (ctx, { query }) => listDeliveries(ctx, query));
