import { fromParams } from "@/lib/apps/server/handlers";
import { signProposalEndpoint } from "@/lib/autonomy/endpoints";
import { signProposal } from "@/lib/autonomy/server/sign-proposal";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(signProposalEndpoint, apiContext, fromParams(signProposal));
