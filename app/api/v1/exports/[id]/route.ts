import { fromParams } from "@/lib/apps/server/handlers";
import { getExportEndpoint } from "@/lib/exports/contract";
import { getExport } from "@/lib/exports/server/list-exports";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getExportEndpoint, apiContext, fromParams(getExport));
