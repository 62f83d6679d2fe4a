import { apiContext } from "@/lib/identity/server/api-context";
import { downloadLearningFileEndpoint } from "@/lib/learning/exports";
import { downloadLearningFile } from "@/lib/learning/server/download-learning-file";
import { serveFile } from "@/lib/server/serve-file";

export const GET = serveFile(downloadLearningFileEndpoint, apiContext, downloadLearningFile);
