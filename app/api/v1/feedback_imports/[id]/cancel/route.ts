import { cancelImportEndpoint } from "@/lib/feedback/import-contract";
import { cancelImport } from "@/lib/feedback/server/cancel-import";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(cancelImportEndpoint, apiContext, cancelImport);
