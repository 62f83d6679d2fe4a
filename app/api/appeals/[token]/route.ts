import { publicContext } from "@/lib/identity/server/system-context";
import { appealBodyBytes, receiveAppeal } from "@/lib/notices/server/receive-appeal";
import { serveRaw } from "@/lib/server/serve";

export const POST = serveRaw(receiveAppeal(publicContext), appealBodyBytes);
