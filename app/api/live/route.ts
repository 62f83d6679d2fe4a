import { apiContext } from "@/lib/identity/server/api-context";
import { serveLive } from "@/lib/server/live";

export const GET = serveLive(apiContext);
