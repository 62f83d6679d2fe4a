import { apiContext } from "@/lib/identity/server/api-context";
import { retryDeliveryEndpoint } from "@/lib/notices/channels";
import { retryDelivery } from "@/lib/notices/server/retry-delivery";
import { serve } from "@/lib/server/serve";

export const POST = serve(retryDeliveryEndpoint, apiContext, (ctx, { params }) =>
  retryDelivery(ctx, { deliveryId: params.delivery }),
);
