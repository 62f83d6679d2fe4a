import { listImportRowsEndpoint } from "@/lib/feedback/import-contract";
import { listImportRows } from "@/lib/feedback/server/list-import-rows";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listImportRowsEndpoint, apiContext, listImportRows);
