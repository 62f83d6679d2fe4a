import { createAppEndpoint, listAppsEndpoint } from "@/lib/apps/endpoints";
import { createApp } from "@/lib/apps/server/create-app";
import { listApps } from "@/lib/apps/server/list-apps";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBody, fromQuery } from "@/lib/apps/server/handlers";

export const GET = serve(listAppsEndpoint, apiContext, fromQuery(listApps));
export const POST = serve(createAppEndpoint, apiContext, fromBody(createApp));
