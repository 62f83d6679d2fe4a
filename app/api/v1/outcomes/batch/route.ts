import { answerOutcomeBatch, outcomeBatchBytes } from "@/lib/feedback/server/answer-outcome-batch";
import { serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(answerOutcomeBatch, outcomeBatchBytes);
