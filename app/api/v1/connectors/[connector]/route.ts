import { getConnectorEndpoint, updateConnectorEndpoint } from "@/lib/apps/connector-endpoints";
import { getConnector } from "@/lib/apps/server/get-connector";
import { updateConnector } from "@/lib/apps/server/update-connector";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBoth, fromParams } from "@/lib/apps/server/handlers";

export const GET = serve(getConnectorEndpoint, apiContext, fromParams(getConnector));
export const PATCH = serve(updateConnectorEndpoint, apiContext, fromBoth(updateConnector));
