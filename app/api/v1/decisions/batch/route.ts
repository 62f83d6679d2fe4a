import { answerBatch, batchBytes } from "@/lib/intake/server/answer-batch";
import { serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(answerBatch, batchBytes);
