import { importReportEndpoint } from "@/lib/feedback/import-contract";
import { describeImportReport } from "@/lib/feedback/server/describe-import-report";
import { apiContext } from "@/lib/identity/server/api-context";
import { serveFile } from "@/lib/server/serve-file";

export const GET = serveFile(importReportEndpoint, apiContext, describeImportReport);
