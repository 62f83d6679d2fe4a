import { updateConnectorActionEndpoint } from "@/lib/apps/connector-endpoints";
import { updateConnectorAction } from "@/lib/apps/server/update-connector-action";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBoth } from "@/lib/apps/server/handlers";

export const PATCH = serve(updateConnectorActionEndpoint, apiContext, fromBoth(updateConnectorAction));
