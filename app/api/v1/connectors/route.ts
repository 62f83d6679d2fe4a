import { createConnectorEndpoint, listConnectorsEndpoint } from "@/lib/apps/connector-endpoints";
import { createConnector } from "@/lib/apps/server/create-connector";
import { listConnectors } from "@/lib/apps/server/list-connectors";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";
import { fromBody, fromQuery } from "@/lib/apps/server/handlers";

export const GET = serve(listConnectorsEndpoint, apiContext, fromQuery(listConnectors));
export const POST = serve(createConnectorEndpoint, apiContext, fromBody(createConnector));
