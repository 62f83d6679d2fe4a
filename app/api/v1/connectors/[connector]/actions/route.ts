import { createConnectorActionEndpoint } from "@/lib/apps/connector-endpoints";
import { createConnectorAction } from "@/lib/apps/server/create-connector-action";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBoth } from "@/lib/apps/server/handlers";

export const POST = serve(createConnectorActionEndpoint, apiContext, fromBoth(createConnectorAction));
