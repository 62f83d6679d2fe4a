import { importOpenApiEndpoint } from "@/lib/apps/import-openapi";
import { fromBoth } from "@/lib/apps/server/handlers";
import { importOpenApi } from "@/lib/apps/server/import-openapi";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(importOpenApiEndpoint, apiContext, fromBoth(importOpenApi));
