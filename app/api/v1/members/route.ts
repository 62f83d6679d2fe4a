import { listMembersEndpoint } from "@/lib/identity/schema";
import { apiContext } from "@/lib/identity/server/api-context";
import { handleListMembers } from "@/lib/identity/server/api-handlers";
import { serve } from "@/lib/server/serve";

export const GET = serve(listMembersEndpoint, apiContext, handleListMembers);
