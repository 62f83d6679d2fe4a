import { fromQuery } from "@/lib/apps/server/handlers";
import { createExportEndpoint, listExportsEndpoint } from "@/lib/exports/contract";
import { createExport } from "@/lib/exports/server/create-export";
import { listExports } from "@/lib/exports/server/list-exports";
import { apiContext } from "@/lib/identity/server/api-context";
import { Reply } from "@/lib/server/handle";
import { serve } from "@/lib/server/serve";

export const GET = serve(listExportsEndpoint, apiContext, fromQuery(listExports));
export const POST = serve(createExportEndpoint, apiContext, async (ctx, { body }) => {
  const made = await createExport(ctx, body);
  return new Reply(made, { headers: { Location: `/api/v1/exports/${made.id}` } });
});
