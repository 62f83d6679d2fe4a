import { fromBoth } from "@/lib/apps/server/handlers";
import { declineProposalEndpoint } from "@/lib/autonomy/endpoints";
import { declineProposal } from "@/lib/autonomy/server/decline-proposal";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(declineProposalEndpoint, apiContext, fromBoth(declineProposal));
