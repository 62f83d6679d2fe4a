import { observeFirst } from "@/lib/execution/server/observe-first";
import { apiContext } from "@/lib/identity/server/api-context";
import { bulkVerdictEndpoint } from "@/lib/reviews/bulk";
import { giveBulkVerdict } from "@/lib/reviews/server/give-bulk-verdict";
import { giveOne } from "@/lib/reviews/server/give-one";
import { serve } from "@/lib/server/serve";

export const POST = serve(bulkVerdictEndpoint, apiContext, giveBulkVerdict(observeFirst(giveOne)));
