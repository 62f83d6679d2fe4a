import { fromParams } from "@/lib/apps/server/handlers";
import { withdrawProposalEndpoint } from "@/lib/autonomy/endpoints";
import { withdrawProposal } from "@/lib/autonomy/server/decline-proposal";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(withdrawProposalEndpoint, apiContext, fromParams(withdrawProposal));
