import { importBytes } from "@/lib/experiments/datasets";
import { answerImport } from "@/lib/experiments/server/answer-import";
import { serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(answerImport, importBytes);
