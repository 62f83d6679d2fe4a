import { apiContext } from "@/lib/identity/server/api-context";
import { resolveAppealEndpoint } from "@/lib/notices/appeals";
import { resolveAppeal } from "@/lib/notices/server/resolve-appeal";
import { serve } from "@/lib/server/serve";

export const POST = serve(resolveAppealEndpoint, apiContext, (ctx, { params, body }) =>
  resolveAppeal(ctx, { appealId: params.appeal, ruling: body }),
);
