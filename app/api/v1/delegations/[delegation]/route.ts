import { apiContext } from "@/lib/identity/server/api-context";
import { revokeDelegationEndpoint } from "@/lib/reviews/delegations";
import { revokeDelegation } from "@/lib/reviews/server/delegations";
import { serve } from "@/lib/server/serve";

export const DELETE = serve(revokeDelegationEndpoint, apiContext, (ctx, { params }) =>
  revokeDelegation(ctx, params),
);
