import { getImportEndpoint } from "@/lib/feedback/import-contract";
import { getImport } from "@/lib/feedback/server/get-import";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(getImportEndpoint, apiContext, getImport);
