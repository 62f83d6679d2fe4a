import { apiContext } from "@/lib/identity/server/api-context";
import { serveAppealFile } from "@/lib/notices/server/serve-appeal-file";

export const GET = serveAppealFile(apiContext);
