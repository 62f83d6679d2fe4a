import { apiContext } from "@/lib/identity/server/api-context";
import { getAppealEndpoint } from "@/lib/notices/appeals";
import { getAppeal } from "@/lib/notices/server/list-appeals";
import { serve } from "@/lib/server/serve";

export const GET = serve(getAppealEndpoint, apiContext, (ctx, { params }) =>
  getAppeal(ctx, { appealId: params.appeal }),
);
