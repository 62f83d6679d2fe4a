import { apiContext } from "@/lib/identity/server/api-context";
import { listAppealsEndpoint } from "@/lib/notices/appeals";
import { listAppeals } from "@/lib/notices/server/list-appeals";
import { serve } from "@/lib/server/serve";

export const GET = serve(listAppealsEndpoint, apiContext, (ctx, { query }) => listAppeals(ctx, query));
