import { callbackBytes } from "@/lib/execution/callback";
import { answerCallback } from "@/lib/execution/server/receive-callback";
import { serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(answerCallback, callbackBytes);
