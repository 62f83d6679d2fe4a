import { listDeskEndpoint } from "@/lib/execution/desk";
import { listDesk } from "@/lib/execution/server/list-desk";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listDeskEndpoint, apiContext, (ctx, { query }) => listDesk(ctx, query));
