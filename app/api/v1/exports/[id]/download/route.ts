import { downloadExportEndpoint } from "@/lib/exports/contract";
import { downloadExport } from "@/lib/exports/server/download-export";
import { apiContext } from "@/lib/identity/server/api-context";
import { serveFile } from "@/lib/server/serve-file";

export const GET = serveFile(downloadExportEndpoint, apiContext, downloadExport);
