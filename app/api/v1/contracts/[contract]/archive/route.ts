import { fromBoth } from "@/lib/apps/server/handlers";
import { archiveContractEndpoint } from "@/lib/autonomy/endpoints";
import { archiveContract } from "@/lib/autonomy/server/archive-contract";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(archiveContractEndpoint, apiContext, fromBoth(archiveContract));
