import { listImportsEndpoint } from "@/lib/feedback/import-contract";
import { listImports } from "@/lib/feedback/server/list-imports";
import { serveImport } from "@/lib/feedback/server/serve-import";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const GET = serve(listImportsEndpoint, apiContext, listImports);
export const POST = serveImport;
