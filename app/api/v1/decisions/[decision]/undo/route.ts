import { undoApproval } from "@/lib/execution/server/undo-approval";
import { undoApprovalEndpoint } from "@/lib/execution/undo";
import { apiContext } from "@/lib/identity/server/api-context";
import { serve } from "@/lib/server/serve";

export const POST = serve(undoApprovalEndpoint, apiContext, undoApproval);
