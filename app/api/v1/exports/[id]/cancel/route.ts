import { fromParams } from "@/lib/apps/server/handlers";
import { cancelExportEndpoint } from "@/lib/exports/contract";
import { cancelExport } from "@/lib/exports/server/cancel-export";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelExportEndpoint, apiContext, fromParams(cancelExport));
