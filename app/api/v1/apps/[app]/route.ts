import { getAppEndpoint, updateAppEndpoint } from "@/lib/apps/endpoints";
import { getApp } from "@/lib/apps/server/get-app";
import { updateApp } from "@/lib/apps/server/update-app";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBoth, fromParams } from "@/lib/apps/server/handlers";

export const GET = serve(getAppEndpoint, apiContext, fromParams(getApp));
export const PATCH = serve(updateAppEndpoint, apiContext, fromBoth(updateApp));
